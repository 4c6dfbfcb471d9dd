package io.replaylinker.runtime.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points and lengths of time as people type them. */
public final class Since {

    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Since() {}

    /**
     * 7d (before now), 2026-10-05 (its start in UTC), 2026-10-05T09:00Z or with another offset; without an offset it is UTC; empty for
     * anything else.
     */
    public static Optional<Instant> parse(String text, Clock clock) {
        String plain = text.strip();
        try {
            if (plain.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return Optional.of(
                        LocalDate.parse(plain).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            if (plain.contains("T")) {
                return Optional.of(TIME.parse(plain, Since::instant));
            }
            return length(plain).map(clock.instant()::minus);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Adds a line when a text is given for that option and is no time. */
    public static void check(String option, @Nullable String text, List<String> problems) {
        if (text != null && parse(text, Clock.systemUTC()).isEmpty()) {
            problems.add(option + " " + Words.cut(text, 80)
                    + ": must be a time, such as 7d, 12h, 2026-10-05 or 2026-10-05T09:00:00Z");
        }
    }

    /** 500ms, 60s, 15m, 2h or 7d; empty for anything else. */
    public static Optional<Duration> length(String text) {
        Matcher parts = LENGTH.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(parts.group(1));
        return Optional.of(
                switch (parts.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private static Instant instant(TemporalAccessor time) {
        return time.isSupported(ChronoField.OFFSET_SECONDS)
                ? Instant.from(time)
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}
