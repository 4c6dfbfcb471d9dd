package io.replaylinker.local;

import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.serdes.Ids;
import io.replaylinker.sinks.BatchLimits;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.Sinks;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.lifecycle.JoinProcess;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * The worker's own topology and sink over a bounded input: runs until all of it is processed, expires the events that still wait, and
 * stops.
 */
final class BoundedRun implements AutoCloseable {

    private static final Duration SINK_TIMEOUT = Duration.ofSeconds(60);
    /** So that the end of the input is soon written. */
    static final SinkSettings PROMPT = new SinkSettings(
            new BatchLimits(10_000, 8 << 20, Duration.ofMillis(100)),
            SinkSettings.DEFAULT.firstRetry(),
            SinkSettings.DEFAULT.longestRetry(),
            SinkSettings.DEFAULT.closeWithin());

    private final ShuffleTopics shuffle;
    private final Admin admin;
    private final ReplayLinkTopology topology;
    private final JoinProcess join;
    private final Sinks sinks;

    /**
     * A run, not yet started.
     *
     * @param topology over recorded input
     * @param sinks not yet started
     */
    BoundedRun(ReplayLinkTopology topology, KafkaProperties kafka, ShuffleTopics shuffle, Sinks sinks) {
        this.topology = topology;
        this.shuffle = shuffle;
        this.sinks = sinks;
        join = new JoinProcess(topology, kafka, shuffle.retention());
        admin = Admin.create(kafka.admin());
    }

    /** Starts and returns at once. The input has to be complete: the sources are read in the order of its timestamps. */
    void start() {
        join.start();
        sinks.start();
    }

    /** Waits until the join has read all of the input, in every one of its steps. */
    void awaitJoined(StallTimeout stallTimeout) throws InterruptedException {
        GroupProgress progress = new GroupProgress(admin, shuffle.settings());
        stallTimeout.await("the join", () -> checked(join.isRunning() && progress.isThrough()), progress::read);
    }

    /**
     * Why events have a link or not, after everything was read and before waiting events expire.
     *
     * @param prefixes of the requested ids, lower case hex
     */
    List<Explanation> explain(List<String> prefixes) {
        return topology.explain(event -> prefixes.stream().anyMatch(Ids.hex(event)::startsWith));
    }

    /** Expires the events that still wait and closes the join; its last output is in its topics then. */
    void close(StallTimeout stallTimeout) throws InterruptedException {
        topology.closeWindows();
        stallTimeout.await("the closing of what waits", () -> checked(topology.windowsClosed()), () -> 0);
        join.close();
    }

    /** Waits until all output is in ClickHouse. */
    void awaitWritten() throws InterruptedException {
        if (!sinks.awaitCommitted(new TopicEnds(admin)::of, SINK_TIMEOUT)) {
            throw new CommandFailedException(sinks.failure()
                    .map(StorageException::getMessage)
                    .orElse("ClickHouse has not taken everything within " + SINK_TIMEOUT.toSeconds() + " s"));
        }
    }

    private boolean checked(boolean condition) {
        if (join.failure().isPresent()) {
            throw new CommandFailedException(
                    "the join has stopped: " + join.failure().get(),
                    join.failure().get());
        }
        sinks.failure().ifPresent(failure -> {
            throw new CommandFailedException(String.valueOf(failure.getMessage()), failure);
        });
        return condition;
    }

    @Override
    public void close() {
        join.close();
        sinks.close();
        admin.close();
    }
}
