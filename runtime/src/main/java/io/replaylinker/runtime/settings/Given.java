package io.replaylinker.runtime.settings;

/**
 * A value as it was given.
 *
 * @param text stripped
 * @param label how a message names the place, as {@code worker.properties: wait}
 */
record Given(String text, Origin origin, String label) {

    /** The value with the content of the file that this one names. */
    Given replacedBy(String content) {
        return new Given(content, new Origin(origin.kind(), origin.place() + " names " + text), label);
    }
}
