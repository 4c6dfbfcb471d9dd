package io.replaylinker.runtime.settings;

/** A value that an earlier release accepted. In contrast to other invalid values its message is shown. */
final class FormerValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * Describes a former value.
     *
     * @param value as it was given, alone
     * @param became the rest of the sentence
     */
    FormerValueException(String value, String became) {
        super("'" + value + "' " + became);
    }
}
