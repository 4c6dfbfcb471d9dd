package io.replaylinker.benchmarks;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Records of the model to bytes and back: claims, sightings and observations of traces as they lie in rows and on the topics between the steps, links as they leave on a
 * topic. The records are those of real SDK traffic.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20, batchSize = RecordBenchmark.PASSES)
@Measurement(iterations = 20, batchSize = RecordBenchmark.PASSES)
@Fork(value = 3, jvmArgsAppend = "-Xmx1g")
public class RecordBenchmark {

    /** Times that an iteration goes over the records. */
    static final int PASSES = 10_000;

    /** Which records. */
    @Param({"claim", "replay_observation", "observation", "link"})
    public String record = "claim";

    private RecordCodec<?> codec = RecordCodec.compact(Claim.getClassSchema(), List.of());

    /** Reads the capture. */
    @Setup
    public void load() {
        codec = switch (record) {
            case "claim" -> RecordCodec.compact(Claim.getClassSchema(), CaptureRecords.claims());
            case "replay_observation" ->
                RecordCodec.compact(ReplayObservation.getClassSchema(), CaptureRecords.replayObservations());
            case "observation" -> RecordCodec.compact(TraceObservation.getClassSchema(), CaptureRecords.observations());
            case "link" -> RecordCodec.registered(Link.class, CaptureRecords.links());
            default -> throw new IllegalArgumentException(record);
        };
    }

    /** Records to bytes. */
    @Benchmark
    public void encode(Work work, Blackhole sink) {
        codec.encodeAll(work, sink);
    }

    /** Bytes to records. */
    @Benchmark
    public void decode(Work work, Blackhole sink) {
        codec.decodeAll(work, sink);
    }
}
