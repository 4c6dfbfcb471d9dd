package io.replaylinker.worker.health;

import io.replaylinker.runtime.diagnosis.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server every few seconds whether it answers. Clients of an idle worker send no requests, and clients that retry keep an outage to
 * themselves. A server counts as away when its last answer is older than {@link #AWAY_AFTER}, so that one lost request is not an outage
 * and a request that hangs is.
 */
final class ServerProbe implements AutoCloseable {

    static final Duration EVERY = Duration.ofSeconds(3);
    static final Duration AWAY_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ServerProbe.class);
    private static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    /** A request that fails when the server does not answer. */
    @FunctionalInterface
    interface Request {

        /** Sends it and returns after the answer; must end within some seconds. */
        void send() throws Exception;
    }

    private final String server;
    private final String address;
    private final Request request;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread;
    private volatile long answeredNanos;
    private volatile @Nullable String failure;
    private long awaySinceNanos;
    private long remindedNanos;
    private boolean isAway;

    /**
     * A probe that is not started. Until its first request the server counts as answering.
     *
     * @param server its name in messages, such as {@code Kafka}
     * @param address where it is, without credentials
     */
    ServerProbe(String server, String address, Request request, LongSupplier nanoTime) {
        this.server = server;
        this.address = address;
        this.request = request;
        this.nanoTime = nanoTime;
        this.answeredNanos = nanoTime.getAsLong();
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread daemon =
                    new Thread(task, "probe-" + server.toLowerCase(Locale.ROOT).replace(' ', '-'));
            daemon.setDaemon(true);
            return daemon;
        });
    }

    void start() {
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::probe, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Sends one request and logs when the server went away or came back. */
    void probe() {
        try {
            request.send();
            answeredNanos = nanoTime.getAsLong();
            failure = null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (Exception e) {
            failure = Reason.of(e);
        }
        report();
    }

    private void report() {
        long now = nanoTime.getAsLong();
        if (answers()) {
            if (isAway) {
                LOG.info("{} answers again after {} s", server, seconds(now - awaySinceNanos));
            }
            isAway = false;
            return;
        }
        if (!isAway) {
            isAway = true;
            awaySinceNanos = answeredNanos;
            remindedNanos = now - REMIND_EVERY.toNanos();
        }
        if (now - remindedNanos >= REMIND_EVERY.toNanos()) {
            remindedNanos = now;
            LOG.warn("{}. The worker retries; nothing is lost.", message());
        }
    }

    /** Whether its last answer is recent. */
    boolean answers() {
        return nanoTime.getAsLong() - answeredNanos <= AWAY_AFTER.toNanos();
    }

    /** Not ok while the server is away. */
    HealthPart ready() {
        return new HealthPart(server.toLowerCase(Locale.ROOT), answers(), answers() ? "answers" : message());
    }

    private String message() {
        String reason = failure;
        return "%s at %s has not answered for %d s%s"
                .formatted(
                        server,
                        address,
                        seconds(nanoTime.getAsLong() - answeredNanos),
                        reason == null ? "" : ": " + reason);
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
