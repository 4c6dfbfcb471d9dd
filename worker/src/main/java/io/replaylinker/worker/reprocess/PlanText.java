package io.replaylinker.worker.reprocess;

import io.replaylinker.worker.lookup.TextTable;
import io.replaylinker.worker.lookup.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A plan for people to read, and for a run that goes on to find again. */
final class PlanText {

    private static final String OFFSETS = "meant";
    private static final String PART = "part";

    private PlanText() {}

    static List<String> lines(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("events from " + time(plan.range().from()) + " to "
                + time(plan.range().to()));
        lines.add("records are read from " + time(plan.readFrom()) + " (memory before it) to " + time(plan.readTo()));
        lines.add("");
        TextTable table = new TextTable("  ", "topic", ">partition", ">from offset", ">to offset", ">records", ">size");
        for (Plan.Part part : plan.parts()) {
            table.row(
                    part.partition().topic(),
                    Integer.toString(part.partition().partition()),
                    Long.toString(part.start()),
                    Long.toString(part.stop()),
                    Long.toString(part.records()),
                    size(part.bytes()));
        }
        lines.addAll(table.lines());
        lines.add("  " + plan.records() + " records at most, " + size(plan.bytes()));
        lines.addAll(warnings(plan));
        return lines;
    }

    /** What retention has taken, and what follows from it. */
    static List<String> warnings(Plan plan) {
        List<String> warnings = new ArrayList<>();
        for (Plan.Part part : plan.parts()) {
            if (!part.missing().isZero()) {
                warnings.add("%s partition %d starts %s after what is wanted: retention has taken it"
                        .formatted(
                                part.partition().topic(), part.partition().partition(), Words.length(part.missing())));
            }
        }
        if (plan.sureFrom().isAfter(plan.range().from())) {
            warnings.add("of events before " + time(plan.sureFrom())
                    + " not all is left that the worker knew: links are added to them, and none of theirs changed");
        }
        if (plan.sureTo().isBefore(plan.range().to())) {
            warnings.add("events from " + time(plan.sureTo())
                    + " on may still wait for their replay: links are added to them, and none of theirs changed");
        }
        return warnings;
    }

    private static String time(Instant time) {
        return Words.time(time) + " UTC";
    }

    private static String size(long bytes) {
        if (bytes < 0) {
            return "?";
        }
        if (bytes < 1 << 20) {
            return "~" + (bytes + 1023) / 1024 + " KB";
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "~%.1f MB", bytes / 1048576.0)
                : String.format(Locale.ROOT, "~%.1f GB", bytes / 1073741824.0);
    }

    /** One line a fact, its words with blanks between: neither topics nor times have any in them. */
    static String write(Plan plan) {
        StringBuilder text = new StringBuilder(String.join(
                " ",
                List.of(
                        plan.range().from().toString(),
                        plan.range().to().toString(),
                        plan.readFrom().toString(),
                        plan.readTo().toString(),
                        plan.sureFrom().toString(),
                        plan.sureTo().toString())));
        plan.range()
                .offsets()
                .forEach((partition, meant) -> text.append("\n%s %s %d %d %d"
                        .formatted(OFFSETS, partition.topic(), partition.partition(), meant.from(), meant.to())));
        for (Plan.Part part : plan.parts()) {
            text.append("\n%s %s %d %s %d %d %d %s"
                    .formatted(
                            PART,
                            part.partition().topic(),
                            part.partition().partition(),
                            part.kind(),
                            part.start(),
                            part.stop(),
                            part.bytes(),
                            part.missing()));
        }
        return text.toString();
    }

    static Plan read(String text) {
        List<String> lines = text.lines().toList();
        String[] times = lines.get(0).split(" ", -1);
        Map<TopicPartition, Range.Offsets> offsets = new HashMap<>();
        List<Plan.Part> parts = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            TopicPartition partition = new TopicPartition(words[1], Integer.parseInt(words[2]));
            if (words[0].equals(OFFSETS)) {
                offsets.put(partition, new Range.Offsets(Long.parseLong(words[3]), Long.parseLong(words[4])));
            } else {
                parts.add(new Plan.Part(
                        partition,
                        SourceKind.valueOf(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        Long.parseLong(words[6]),
                        Duration.parse(words[7])));
            }
        }
        return new Plan(
                new Range(Instant.parse(times[0]), Instant.parse(times[1]), offsets),
                Instant.parse(times[2]),
                Instant.parse(times[3]),
                Instant.parse(times[4]),
                Instant.parse(times[5]),
                parts);
    }
}
