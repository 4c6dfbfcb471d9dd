package io.replaylinker.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Format and level of the server's log: {@code REPLAY_LINKER_LOG_FORMAT} and {@code REPLAY_LINKER_LOG_LEVEL}. They are environment
 * variables and not settings, because the log must exist before the settings are read.
 *
 * @param format {@code text} for people, {@code json} for programs: one object a line
 * @param level the least severe that is logged, in lower case
 */
record ServerLog(String format, String level) {

    static final String FORMAT_VARIABLE = "REPLAY_LINKER_LOG_FORMAT";
    static final String LEVEL_VARIABLE = "REPLAY_LINKER_LOG_LEVEL";

    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");

    static ServerLog of(Map<String, String> environment) {
        return new ServerLog(value(environment, FORMAT_VARIABLE, "text"), value(environment, LEVEL_VARIABLE, "info"));
    }

    /** The level of Kafka's clients. Their lines of {@code info} are of use to nobody who did not ask for more than the default. */
    String librariesLevel() {
        return level.equals("info") ? "warn" : level;
    }

    /** Mistakes in the variables, each a line. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!FORMATS.contains(format)) {
            problems.add("environment variable " + FORMAT_VARIABLE + ": must be text or json, but is " + format);
        }
        if (!LEVELS.contains(level)) {
            problems.add("environment variable " + LEVEL_VARIABLE
                    + ": must be error, warn, info, debug or trace, but is " + level);
        }
        return problems;
    }

    private static String value(Map<String, String> environment, String variable, String otherwise) {
        String given = environment.getOrDefault(variable, "").strip();
        return given.isEmpty() ? otherwise : given.toLowerCase(Locale.ROOT);
    }
}
