package io.replaylinker.runtime.settings;

/** Collects mistakes in settings. */
@FunctionalInterface
interface Mistakes {

    /**
     * Adds a mistake. The message to the user begins with the place of the setting, such as file and line.
     *
     * @param name of the setting
     * @param text what is wrong and what to write; without secrets
     */
    void add(String name, String text);
}
