package io.replaylinker.runtime.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets a message of a library pass once a minute. While a server is away, clients log each attempt to reach it, several thousand lines a
 * second. Messages are equal when their logger and their text before formatting are; the name of the client, which Kafka puts before the
 * text in brackets, does not count. The worker's own messages all pass, and so does everything on a debug level.
 */
public final class RepeatedMessageFilter extends TurboFilter {

    private static final String OURS = "io.replaylinker";
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    /** Messages of libraries are constants, so there are few; a bound for one that puts values into its text. */
    private static final int MOST = 1_000;

    private final Map<Message, Long> lastNanos = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** Made by logback. */
    public RepeatedMessageFilter() {
        this(System::nanoTime);
    }

    RepeatedMessageFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Message(String logger, String text) {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        boolean passes = format == null
                || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.getName().startsWith(OURS)
                || isDue(new Message(logger.getName(), withoutClient(format)));
        return passes ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private boolean isDue(Message message) {
        if (lastNanos.size() >= MOST) {
            lastNanos.clear();
        }
        long now = nanoTime.getAsLong();
        boolean[] due = {false};
        lastNanos.compute(message, (same, last) -> {
            due[0] = last == null || now - last >= EVERY_NANOS;
            return due[0] ? now : last;
        });
        return due[0];
    }

    private static String withoutClient(String format) {
        int end = format.startsWith("[") ? format.indexOf("] ") : -1;
        return end < 0 ? format : format.substring(end + 2);
    }
}
