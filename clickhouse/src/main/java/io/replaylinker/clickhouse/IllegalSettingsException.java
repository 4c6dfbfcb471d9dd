package io.replaylinker.clickhouse;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Thrown for unusable settings. It lists every mistake and contains no secret. */
public final class IllegalSettingsException extends IllegalArgumentException {

    private final transient List<Mistake> mistakes;

    IllegalSettingsException(List<Mistake> mistakes) {
        super("ClickHouse settings: " + mistakes.stream().map(Mistake::toString).collect(Collectors.joining("; ")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** The part of the settings that is wrong. */
    public enum Part {
        URL,
        DATABASE,
        USER,
        CONNECTION_TIMEOUT,
        SOCKET_TIMEOUT,
        /** The file with the certificates of the trusted authorities. */
        AUTHORITIES,
        CLUSTER
    }

    /**
     * A mistake.
     *
     * @param problem what is wrong and what to write, to be read after the name of a setting
     */
    public record Mistake(Part part, String problem) {

        @Override
        public String toString() {
            return "the " + part.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + problem;
        }
    }

    /** The mistakes, at most one per part. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
