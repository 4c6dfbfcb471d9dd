package io.replaylinker.benchmarks.join;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceTopics;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * What one JVM has to do.
 *
 * @param id no other trial has it: the application id, and the start of the names of its topics
 * @param records how many lie on the source topics
 * @param warmUpRecords how many lie on the topics to be read before those; 0 for none
 * @param startupGrace no expiry so long after the start
 * @param more settings of the worker, over the trial's own
 * @param folder for the state
 * @param brokerPid the broker's process, whose processor time is reported beside our own
 */
record TrialPlan(
        String id,
        Subject subject,
        SourceTopics sources,
        long records,
        long warmUpRecords,
        String bootstrapServers,
        long brokerPid,
        int threads,
        Guarantee guarantee,
        Duration waitFor,
        Duration memory,
        Duration startupGrace,
        Map<String, String> more,
        Path folder) {

    private static final String MORE = "set.";

    TrialPlan {
        more = Map.copyOf(more);
    }

    /** Topic of the links, or of what the subject writes in their place. */
    String output() {
        return id + "-links";
    }

    /** The same work on the topics that are read before. */
    TrialPlan warmUp() {
        return new TrialPlan(
                id + "-warm-up",
                subject,
                sources.ofWarmUp(),
                warmUpRecords,
                0,
                bootstrapServers,
                brokerPid,
                threads,
                guarantee,
                waitFor,
                memory,
                startupGrace,
                more,
                folder.resolve("warm-up"));
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("id", id);
        properties.setProperty("subject", subject.name());
        properties.setProperty("format", sources.format().name());
        properties.setProperty("shape", sources.shape().name());
        properties.setProperty("spans", Integer.toString(sources.spansPerCall()));
        properties.setProperty("records", Long.toString(records));
        properties.setProperty("warm-up.records", Long.toString(warmUpRecords));
        properties.setProperty("bootstrap", bootstrapServers);
        properties.setProperty("broker.pid", Long.toString(brokerPid));
        properties.setProperty("threads", Integer.toString(threads));
        properties.setProperty("guarantee", guarantee.name());
        properties.setProperty("wait", waitFor.toString());
        properties.setProperty("memory", memory.toString());
        properties.setProperty("settle", startupGrace.toString());
        properties.setProperty("folder", folder.toString());
        more.forEach((name, value) -> properties.setProperty(MORE + name, value));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
    }

    static TrialPlan read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return new TrialPlan(
                properties.getProperty("id"),
                Subject.valueOf(properties.getProperty("subject")),
                new SourceTopics(
                        Format.valueOf(properties.getProperty("format")),
                        Shape.valueOf(properties.getProperty("shape")),
                        Integer.parseInt(properties.getProperty("spans")),
                        false),
                Long.parseLong(properties.getProperty("records")),
                Long.parseLong(properties.getProperty("warm-up.records")),
                properties.getProperty("bootstrap"),
                Long.parseLong(properties.getProperty("broker.pid")),
                Integer.parseInt(properties.getProperty("threads")),
                Guarantee.valueOf(properties.getProperty("guarantee")),
                Duration.parse(properties.getProperty("wait")),
                Duration.parse(properties.getProperty("memory")),
                Duration.parse(properties.getProperty("settle")),
                more(properties),
                Path.of(properties.getProperty("folder")));
    }

    private static Map<String, String> more(Properties properties) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(MORE))
                .collect(Collectors.toMap(name -> name.substring(MORE.length()), properties::getProperty));
    }
}
