package io.replaylinker.benchmarks.join;

import io.replaylinker.embedded.ChildJvm;
import io.replaylinker.embedded.EndsWithParent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a trial in a JVM of its own and waits for its end. */
final class TrialProcess {

    private static final int LINES_SHOWN = 20;

    /** As the launcher starts the product. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    /** It keeps its state on the heap, and serializes by reflection. */
    private static final List<String> OF_FLINK = List.of(
            "-Xmx4g", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.util=ALL-UNNAMED");

    private final String heap;

    TrialProcess(String heap) {
        this.heap = heap;
    }

    /**
     * Runs it.
     *
     * @param profile file for a recording of the JVM, null for none
     * @throws IOException if it did not come to its end; the message has the last lines of its log
     */
    Measurements run(TrialPlan plan, @Nullable Path profile) throws IOException {
        Path planFile = plan.folder().resolve("plan.properties");
        Path result = plan.folder().resolve("measurements.properties");
        Path log = plan.folder().resolve("trial.log");
        plan.write(planFile);
        List<String> options =
                new ArrayList<>(plan.subject() == Subject.FLINK ? OF_FLINK : List.of("-Xmx" + heap, COLLECTOR));
        if (profile != null) {
            options.add("-XX:StartFlightRecording=settings=profile,filename=" + profile.toAbsolutePath());
        }
        try (ChildJvm child = ChildJvm.start(
                ChildOptions.jvm(options.toArray(String[]::new)),
                ChildOptions.classPath(),
                EndsWithParent.class,
                List.of(TrialMain.class.getName(), planFile.toString(), result.toString()),
                log)) {
            while (child.readLine() != null) {
                // The recording's own words; the end of them is the end of the trial.
            }
        }
        if (!Files.exists(result)) {
            throw new IOException("trial " + plan.id() + " failed:\n" + tail(log));
        }
        return Measurements.read(result);
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
