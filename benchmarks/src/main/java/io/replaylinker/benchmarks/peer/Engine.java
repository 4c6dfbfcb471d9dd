package io.replaylinker.benchmarks.peer;

import io.replaylinker.benchmarks.workload.SourceTopics;
import java.nio.file.Path;
import java.time.Duration;

/** A join on something else than Kafka Streams, found as a service on the class path because its libraries are many. */
public interface Engine {

    /** Joins the topics from their beginning to their present end, writes one link an event, and returns when that is done. */
    Outcome run(Job job) throws Exception;

    /**
     * What to join.
     *
     * @param output topic of the links
     * @param threads that may work side by side
     * @param folder for what the engine keeps on disk
     */
    record Job(
            String bootstrapServers,
            SourceTopics sources,
            String output,
            int threads,
            Duration waitFor,
            Duration memory,
            Path folder) {}

    /**
     * How it went.
     *
     * @param startNanos {@link System#nanoTime()} when the first record was read
     * @param endNanos when the last link was written
     * @param records read
     * @param pairs that the join made before one link an event was left
     */
    record Outcome(long startNanos, long endNanos, long records, long pairs) {}
}
