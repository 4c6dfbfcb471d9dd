package io.replaylinker.worker.health;

import io.replaylinker.sinks.SinkState;
import io.replaylinker.sinks.TopicSink;
import java.time.Duration;

/** Health of one sink. */
final class SinkHealth {

    private final TopicSink<?> sink;
    private final Duration longestSilence;
    private final Duration unreadyAfter;

    /**
     * Watches a sink.
     *
     * @param longestSilence after which its thread is taken to hang
     * @param unreadyAfter of failing attempts; shorter failures are temporary and not reported
     */
    SinkHealth(TopicSink<?> sink, Duration longestSilence, Duration unreadyAfter) {
        this.sink = sink;
        this.longestSilence = longestSilence;
        this.unreadyAfter = unreadyAfter;
    }

    /** Whether it can make progress; also true while the table cannot be reached and writes are retried. */
    HealthPart live() {
        if (hasEnded()) {
            return HealthPart.failing(name(), "has ended; see the log");
        }
        return sink.sinceHeartbeat().compareTo(longestSilence) > 0
                ? HealthPart.failing(
                        name(),
                        "its thread made no progress for "
                                + sink.sinceHeartbeat().toSeconds() + " s")
                : HealthPart.ok(name(), message());
    }

    /** Whether its records reach their destination. */
    HealthPart ready() {
        boolean works = sink.state() == SinkState.RUNNING
                || (sink.state() == SinkState.RETRYING && sink.retryingFor().compareTo(unreadyAfter) <= 0);
        return new HealthPart(name(), works, message());
    }

    private boolean hasEnded() {
        return sink.state() == SinkState.FAILED || sink.state() == SinkState.CLOSED;
    }

    private String message() {
        return switch (sink.state()) {
            case STARTING -> "starting: it has not checked its table yet";
            case RUNNING -> "running";
            case RETRYING ->
                "no insert succeeded for " + sink.retryingFor().toSeconds()
                        + " s; it retries, nothing is lost, see the log";
            case CLOSED, FAILED -> "ended";
        };
    }

    private String name() {
        return "sink " + sink.name();
    }
}
