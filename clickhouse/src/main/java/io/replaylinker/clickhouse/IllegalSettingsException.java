package io.replaylinker.clickhouse;

import java.util.List;

/** Thrown for unusable settings. It lists every mistake and contains no secret. */
public final class IllegalSettingsException extends IllegalArgumentException {

    private final List<String> mistakes;

    IllegalSettingsException(List<String> mistakes) {
        super("ClickHouse settings: " + String.join("; ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The mistakes, one sentence each, without setting names. */
    public List<String> mistakes() {
        return mistakes;
    }
}
