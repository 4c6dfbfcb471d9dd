package io.replaylinker.sinks;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** An insert with the waits of the default settings, in time that a test lets pass. */
public final class SimulatedInsert {

    private SimulatedInsert() {}

    /** Starts it; it completes when the batch is safe. */
    public static CompletableFuture<Void> start(BatchInserter inserter, VirtualTimetable time, Batch batch) {
        SinkMetrics metrics = new SinkMetrics(new SimpleMeterRegistry(), "replay-links", Clock.systemUTC());
        InsertAttempts attempts = new InsertAttempts(
                inserter.pace(), new RetryWaits(SinkSettings.DEFAULT, Math::random), time, metrics, new SinkProgress());
        return new BatchInserts(inserter, attempts, BadRows.stop(), metrics)
                .of(batch)
                .start();
    }
}
