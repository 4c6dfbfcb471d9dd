package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the dead letters of a command, and the format of its output. */
final class DeadLetterOptions {

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Set aside since: 7d, 12h or 30m ago, a day such as 2026-10-05, or a time such as 2026-10-05T09:00:00Z.")
    private @Nullable String since;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "The stage that failed: decode-events, decode-replays or sink.")
    private @Nullable String stage;

    @Option(names = "--reason", paramLabel = "CODE", description = "Only this reason, such as NOT_JSON.")
    private @Nullable String reason;

    @Option(names = "--topic", paramLabel = "NAME", description = "Only records of this topic.")
    private @Nullable String topic;

    @Option(names = "--json", description = "One JSON object instead of text.")
    private boolean json;

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Since.check("--since", since, problems);
        if (stage != null && !List.of("decode-events", "decode-replays", "sink").contains(stage)) {
            problems.add("--stage " + Words.cut(stage, 40) + ": must be decode-events, decode-replays or sink");
        }
        return problems;
    }

    DeadLetterFilter filter(Clock clock) {
        return new DeadLetterFilter(
                since == null ? null : Since.parse(since, clock).orElse(null), stage, reason, topic);
    }

    boolean json() {
        return json;
    }
}
