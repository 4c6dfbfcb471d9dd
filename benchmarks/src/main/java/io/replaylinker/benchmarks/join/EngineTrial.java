package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.peer.Engine;
import io.replaylinker.embedded.TopicCreation;
import java.util.Map;
import java.util.ServiceLoader;

/** Runs a join that is no topology of Kafka Streams. Its processor time includes its own start. */
final class EngineTrial {

    /** As many as the worker makes. */
    private static final int OUTPUT_PARTITIONS = 4;

    private EngineTrial() {}

    static void run(TrialPlan plan, ProcessUse use, Measurements measurements) throws Exception {
        Engine engine = ServiceLoader.load(Engine.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not on the class path; run benchmarks/run -Pflink"));
        TopicCreation.createTopic(plan.bootstrapServers(), plan.output(), OUTPUT_PARTITIONS, Map.of());
        long cpuMs = use.cpuMs();
        long brokerCpuMs = use.brokerCpuMs();
        Engine.Outcome outcome = engine.run(new Engine.Job(
                plan.bootstrapServers(),
                plan.sources(),
                plan.output(),
                plan.threads(),
                plan.waitFor(),
                plan.memory(),
                plan.folder()));
        measurements.put(Measurements.CPU_MS, use.cpuMs() - cpuMs);
        measurements.put(Measurements.BROKER_CPU_MS, use.brokerCpuMs() - brokerCpuMs);
        measurements.put(Measurements.WALL_MS, (outcome.endNanos() - outcome.startNanos()) / 1_000_000);
        measurements.put(Measurements.RECORDS, outcome.records());
        measurements.put(Measurements.PAIRS, outcome.pairs());
        use.putMemory(measurements);
    }
}
