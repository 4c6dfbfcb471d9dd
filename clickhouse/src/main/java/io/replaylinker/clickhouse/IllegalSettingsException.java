package io.replaylinker.clickhouse;

import java.util.List;

/** Settings that cannot be used, with every mistake in them and no secret. */
public final class IllegalSettingsException extends IllegalArgumentException {

    private final List<String> mistakes;

    IllegalSettingsException(List<String> mistakes) {
        super("ClickHouse settings: " + String.join("; ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One sentence a mistake, without the name of a setting. */
    public List<String> mistakes() {
        return mistakes;
    }
}
