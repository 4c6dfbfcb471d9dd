package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events a run is about, and how fast. */
final class ReprocessOptions {

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})(/s)?");
    private static final String TIMES =
            "must be a time, such as 2026-10-05T09:00Z, 2026-10-05, or 6h for six hours ago";

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Start of the events, by the timestamps of their records: 2026-10-05T09:00Z, 2026-10-05 (its start in UTC), or 6h"
                            + " for six hours ago.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "End of the events, exclusive, in the format of --from. Default: now.")
    private @Nullable String to;

    @Option(
            names = "--from-offsets",
            paramLabel = "FILE",
            description =
                    "Instead of --from: a file of first offsets of partitions of event topics, one topic,partition,offset per line.")
    private @Nullable Path fromOffsets;

    @Option(
            names = "--to-offsets",
            paramLabel = "FILE",
            description = "A file of end offsets, exclusive. Default: the ends of the partitions.")
    private @Nullable Path toOffsets;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = "Records to read per second at most, such as 5000/s. Default: no limit.")
    private @Nullable String rate;

    List<String> problems(Clock clock) {
        List<String> problems = new ArrayList<>();
        if (rate != null && perSecond() < 1) {
            problems.add("--rate " + Words.cut(rate, 40) + ": must be records per second, such as 5000/s, and above 0");
        }
        checkRange(problems, clock);
        return problems;
    }

    private void checkRange(List<String> problems, Clock clock) {
        if (from == null && fromOffsets == null) {
            problems.add("--from is missing, for example --from 6h --to 2h, or --from 2026-10-05T09:00Z");
        }
        if (from != null && fromOffsets != null) {
            problems.add("--from and --from-offsets exclude each other");
        }
        if (from == null && to != null) {
            problems.add("--to needs --from");
        }
        if (fromOffsets == null && toOffsets != null) {
            problems.add("--to-offsets needs --from-offsets");
        }
        @Nullable Instant start = time("--from", from, problems, clock);
        @Nullable Instant end = time("--to", to, problems, clock);
        if (start != null && !start.isBefore(clock.instant())) {
            problems.add("--from " + from + ": lies in the future");
        }
        if (start != null && end != null && !start.isBefore(end)) {
            problems.add("--from " + from + " must be before --to " + to);
        }
        offsets("--from-offsets", fromOffsets, problems);
        offsets("--to-offsets", toOffsets, problems);
    }

    private static @Nullable Instant time(String option, @Nullable String text, List<String> problems, Clock clock) {
        if (text == null) {
            return null;
        }
        @Nullable Instant time = Since.parse(text, clock).orElse(null);
        if (time == null) {
            problems.add(option + " " + Words.cut(text, 60) + ": " + TIMES);
        }
        return time;
    }

    private static Map<TopicPartition, Long> offsets(String option, @Nullable Path file, List<String> problems) {
        return file == null ? Map.of() : OffsetsFile.read(option, file, problems);
    }

    RangeRequest request(Clock clock) {
        List<String> none = new ArrayList<>();
        return new RangeRequest(
                time("", from, none, clock),
                time("", to, none, clock),
                offsets("", fromOffsets, none),
                offsets("", toOffsets, none));
    }

    /** Records a second, 0 without a limit, -1 for a rate that is not a number. */
    int perSecond() {
        if (rate == null) {
            return 0;
        }
        Matcher parts = RATE.matcher(Objects.requireNonNull(rate).strip());
        return parts.matches() ? Integer.parseInt(parts.group(1)) : -1;
    }
}
