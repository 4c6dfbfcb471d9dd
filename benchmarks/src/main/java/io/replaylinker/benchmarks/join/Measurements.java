package io.replaylinker.benchmarks.join;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What a trial measured, whole numbers by name; written to a file by the JVM under test and read by the one that started it. */
final class Measurements {

    /** From the first record processed to the last. */
    static final String WALL_MS = "wall_ms";

    /** Processor time of the JVM under test in that time. */
    static final String CPU_MS = "cpu_ms";

    /** The same of the broker. */
    static final String BROKER_CPU_MS = "broker_cpu_ms";

    /** Records read from the source topics. */
    static final String RECORDS = "records";

    /** Bytes of their values, where a trial counts them. */
    static final String BYTES = "bytes";

    /** Records that Streams processed, those between the steps included. */
    static final String PROCESSED = "processed";

    /** Largest use of the heap that a collection left behind. */
    static final String HEAP_BYTES = "heap_bytes";

    /** Largest resident memory of the process: heap, stacks, code. */
    static final String RSS_BYTES = "rss_bytes";

    /** From the start of the program to a join that has read its whole state again, all of its input behind it. */
    static final String RESTORE_MS = "restore_ms";

    /** Blocks read for that. */
    static final String RESTORED_BLOCKS = "restored_blocks";

    /** Heap that the rows of the join take at the end, by its own estimate. */
    static final String STATE_BYTES = "state_bytes";

    /** Events with a link, standing at the end. */
    static final String LINKS = "links";

    /** Events that the workload expects to have a link, and that have none. */
    static final String LINKS_MISSING = "links_missing";

    /** Events with a link that the workload does not expect, or to another replay. */
    static final String LINKS_WRONG = "links_wrong";

    /** Events on the source topics, one a call however many spans it is. */
    static final String EVENTS = "events";

    /** Links written for an event that had the same one before. */
    static final String DUPLICATES = "duplicates";

    /** Links written with a higher version than one before, retractions included. */
    static final String REVISIONS = "revisions";

    /** Links that a join made before they were de-duplicated. */
    static final String PAIRS = "pairs";

    private final Map<String, Long> values = new TreeMap<>();

    void put(String name, long value) {
        values.put(name, value);
    }

    void add(String name, long value) {
        values.merge(name, value, Long::sum);
    }

    /** The value, 0 where the trial did not measure it. */
    long get(String name) {
        return values.getOrDefault(name, 0L);
    }

    Map<String, Long> all() {
        return Map.copyOf(values);
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        values.forEach((name, value) -> properties.setProperty(name, Long.toString(value)));
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(out, null);
        }
    }

    static Measurements read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        Measurements measurements = new Measurements();
        properties.forEach((name, value) -> measurements.put(name.toString(), Long.parseLong(value.toString())));
        return measurements;
    }
}
