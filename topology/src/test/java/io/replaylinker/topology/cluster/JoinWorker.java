package io.replaylinker.topology.cluster;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.Samples;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.join.Histories;
import io.replaylinker.topology.join.JoinSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** One worker in this JVM, with threads and a folder of its own. */
final class JoinWorker implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final ReplayLinkTopology topology;
    private final KafkaStreams streams;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private JoinWorker(ReplayLinkTopology topology, KafkaStreams streams) {
        this.topology = topology;
        this.streams = streams;
    }

    /** A worker for the histories, in which nothing expires before {@link #closeWindows()}. */
    static JoinWorker forHistories(Installation installation, Path stateDir, int threads) {
        Instant nextDay = Instant.ofEpochMilli(Samples.TEN).plus(Duration.ofDays(1));
        return of(
                installation,
                stateDir,
                threads,
                Histories.SETTINGS,
                WatermarkSettings.bounded(),
                Clock.fixed(nextDay, ZoneOffset.UTC));
    }

    static JoinWorker of(
            Installation installation,
            Path stateDir,
            int threads,
            JoinSettings join,
            WatermarkSettings watermark,
            Clock clock) {
        return of(installation, join, watermark, clock, installation.streams(stateDir, threads));
    }

    static JoinWorker of(
            Installation installation,
            JoinSettings join,
            WatermarkSettings watermark,
            Clock clock,
            Properties streams) {
        ReplayLinkTopology topology =
                new ReplayLinkTopology(installation.topology(join, watermark), new SimpleMeterRegistry(), clock);
        return new JoinWorker(topology, new KafkaStreams(topology.build(), streams, topology.clients()));
    }

    JoinWorker start() {
        streams.setUncaughtExceptionHandler(thrown -> {
            ended.completeExceptionally(thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
        return this;
    }

    void onRestore(StateRestoreListener listener) {
        streams.setGlobalStateRestoreListener(listener);
    }

    KafkaStreams streams() {
        return streams;
    }

    /** Fails when the worker died. */
    boolean isRunning() {
        ended.getNow(null);
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Never returns; fails when the worker dies. */
    void awaitFailure() {
        ended.join();
    }

    void closeWindows() {
        topology.closeWindows();
    }

    boolean windowsClosed() {
        return topology.windowsClosed();
    }

    /** As a worker that gets a stop signal: commits, closes its stores, and lets its membership time out. */
    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE_WITHIN));
    }
}
