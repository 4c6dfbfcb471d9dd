package io.replaylinker.runtime.settings;

/** A rule over several settings; a setting by itself is checked by its type. */
@FunctionalInterface
interface SettingsCheck {

    /** Settings that did not pass their own check are missing here, and have been reported already. */
    void check(Settings settings, Mistakes mistakes);
}
