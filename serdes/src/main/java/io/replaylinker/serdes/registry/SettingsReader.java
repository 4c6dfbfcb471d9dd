package io.replaylinker.serdes.registry;

import io.replaylinker.serdes.registry.InvalidSerdeSettingsException.Mistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a serde from Kafka's untyped map and collects every mistake, so that all are reported at once. A name may also have
 * the prefix {@code schema.registry.}, as in Confluent's clients. Unknown names are ignored, because Kafka passes its whole configuration.
 */
public final class SettingsReader {

    private static final String PREFIX = "schema.registry.";

    private final Map<String, ?> settings;
    private final List<Mistake> mistakes = new ArrayList<>();

    public SettingsReader(Map<String, ?> settings) {
        this.settings = settings;
    }

    /** Records a mistake. The text must not contain a secret. */
    public void mistake(String name, String text) {
        mistakes.add(new Mistake(name, text));
    }

    /** The value as text without surrounding blanks, or null when it is missing or empty. */
    public @Nullable String text(String name) {
        Object value = settings.get(PREFIX + name);
        if (value == null) {
            value = settings.get(name);
        }
        if (value == null) {
            return null;
        }
        String text = value instanceof Password password
                ? password.value()
                : value instanceof Class<?> type ? type.getName() : String.valueOf(value);
        return text.isBlank() ? null : text.strip();
    }

    /** A list, given as a collection or separated by commas; empty when missing. */
    public List<String> list(String name) {
        if (settings.get(name) instanceof Collection<?> values) {
            return values.stream()
                    .filter(Objects::nonNull)
                    .map(value -> String.valueOf(value).strip())
                    .toList();
        }
        String text = text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    public boolean flag(String name, boolean otherwise) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> {
                mistake(name, "must be true or false, not '" + text + "'");
                yield otherwise;
            }
        };
    }

    public long number(String name, long otherwise, long min, long max) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // reported below, with the range
        }
        mistake(name, "must be a whole number from " + min + " to " + max + ", not '" + text + "'");
        return otherwise;
    }

    /** A duration in whole milliseconds. */
    public Duration millis(String name, Duration otherwise, long min) {
        return Duration.ofMillis(
                number(name, otherwise.toMillis(), min, Duration.ofHours(1).toMillis()));
    }

    /** A duration in whole seconds. */
    public Duration seconds(String name, Duration otherwise) {
        return Duration.ofSeconds(
                number(name, otherwise.toSeconds(), 0, Duration.ofDays(1).toSeconds()));
    }

    /**
     * Fails if there were mistakes.
     *
     * @throws InvalidSerdeSettingsException with every mistake
     */
    public void check() {
        if (!mistakes.isEmpty()) {
            throw new InvalidSerdeSettingsException(mistakes);
        }
    }
}
