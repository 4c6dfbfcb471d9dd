package io.replaylinker.worker.health;

import io.replaylinker.worker.lifecycle.JoinProcess;
import io.replaylinker.worker.metrics.JoinFigures;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams;

/** Health of the join. */
final class JoinHealth {

    private static final String NAME = "join";

    /** A start has no threads yet, and a thread that died is replaced within moments. */
    private static final Duration WITHOUT_THREADS = Duration.ofMinutes(1);

    private final JoinProcess join;
    private final Duration longestSilence;
    private long hadThreadsNanos = System.nanoTime();

    /**
     * Watches a join.
     *
     * @param longestSilence after which a thread that does not poll Kafka is taken to hang
     */
    JoinHealth(JoinProcess join, Duration longestSilence) {
        this.join = join;
        this.longestSilence = longestSilence;
    }

    /** Whether it can make progress; also true while it restores, rebalances, or waits for a Kafka that cannot be reached. */
    synchronized HealthPart live() {
        JoinFigures figures = join.ask(JoinFigures::of);
        if (join.hasEnded() || figures.state() == KafkaStreams.State.ERROR) {
            return HealthPart.failing(NAME, "has ended; see the log");
        }
        if (figures.threadsAlive() > 0) {
            hadThreadsNanos = System.nanoTime();
        } else if (System.nanoTime() - hadThreadsNanos > WITHOUT_THREADS.toNanos()) {
            return HealthPart.failing(NAME, "all of its threads have died; see the log");
        }
        return figures.sincePoll().compareTo(longestSilence) > 0
                ? HealthPart.failing(
                        NAME,
                        "a thread has not polled Kafka for "
                                + figures.sincePoll().toSeconds() + " s")
                : HealthPart.ok(NAME, message(figures));
    }

    /** Whether it joins. */
    HealthPart ready() {
        JoinFigures figures = join.ask(JoinFigures::of);
        return new HealthPart(NAME, figures.state() == KafkaStreams.State.RUNNING, message(figures));
    }

    private static String message(JoinFigures figures) {
        String state = figures.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return figures.restoring() > 0
                ? state + ", " + figures.restoring() + " records of its state still to be restored"
                : state;
    }
}
