package io.replaylinker.runtime.settings;

import java.util.List;

/** The settings cannot be used. The message lists every mistake, one a line, without the value of any secret. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public InvalidSettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one line, each understandable by itself. */
    public List<String> problems() {
        return problems;
    }
}
