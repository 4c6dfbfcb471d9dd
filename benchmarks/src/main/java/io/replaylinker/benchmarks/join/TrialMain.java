package io.replaylinker.benchmarks.join;

import java.nio.file.Path;

/** One trial in a JVM of its own, so that heap, state and compiled code of one do not help another. */
public final class TrialMain {

    private TrialMain() {}

    /**
     * Does what the plan says and writes what was measured.
     *
     * @param args file of the plan, file for the measurements
     */
    public static void main(String[] args) throws Exception {
        TrialPlan plan = TrialPlan.read(Path.of(args[0]));
        Measurements measurements = new Measurements();
        ProcessUse use = new ProcessUse(plan.brokerPid());
        if (plan.warmUpRecords() > 0) {
            run(plan.warmUp(), use, new Measurements());
        }
        run(plan, use, measurements);
        measurements.write(Path.of(args[1]));
        System.exit(0);
    }

    private static void run(TrialPlan plan, ProcessUse use, Measurements measurements) throws Exception {
        switch (plan.subject()) {
            case CONSUME -> ConsumeTrial.run(plan, use, measurements);
            case FLINK -> EngineTrial.run(plan, use, measurements);
            case SHUFFLE, PACKED, JOIN, DSL -> new StreamsTrial(plan).run(use, measurements);
        }
    }
}
