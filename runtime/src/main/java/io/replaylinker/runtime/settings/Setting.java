package io.replaylinker.runtime.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of settings.
 *
 * @param name as in the file, parts separated by dots
 * @param defaultText the default as the user would write it; null if there is no default
 * @param secret never shown, and may be given as the name of a file ({@code NAME.file})
 * @param doc one or two sentences for the reference
 */
public record Setting<T>(
        String name, ValueType<T> type, @Nullable String defaultText, boolean secret, String doc) {

    private static final String ENVIRONMENT_PREFIX = "REPLAY_LINKER_";

    static <T> Setting<T> of(String name, ValueType<T> type, @Nullable String defaultText, String doc) {
        return new Setting<>(name, type, defaultText, false, doc);
    }

    static Setting<String> secret(String name, String doc) {
        return secret(name, ValueTypes.text(), doc);
    }

    static Setting<String> secret(String name, ValueType<String> type, String doc) {
        return new Setting<>(name, type, null, true, doc);
    }

    /** The environment variable of the same meaning: {@code trace.max-visits} is {@code REPLAY_LINKER_TRACE_MAX_VISITS}. */
    public String environmentName() {
        return environmentName(name);
    }

    static String environmentName(String settingName) {
        return ENVIRONMENT_PREFIX
                + settingName.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
