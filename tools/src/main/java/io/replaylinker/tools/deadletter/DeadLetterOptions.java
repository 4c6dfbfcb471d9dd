package io.replaylinker.tools.deadletter;

import io.replaylinker.runtime.cli.Since;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.schemas.DeadLetters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Selects the dead letters of a command, and the format of its output. */
final class DeadLetterOptions {

    /** The stages that write dead letters: one per kind of source topic, and the sink. */
    private static final List<String> STAGES =
            List.of(DeadLetters.DECODE_EVENTS, DeadLetters.DECODE_SPANS, DeadLetters.DECODE_REPLAYS, DeadLetters.SINK);

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Set aside since: 7d, 12h or 30m ago, a day such as 2026-10-05, or a time such as 2026-10-05T09:00:00Z.")
    private @Nullable String since;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "The stage that failed: decode-events, decode-spans, decode-replays or sink.")
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
        if (stage != null && !STAGES.contains(stage)) {
            problems.add("--stage " + Words.cut(stage, 40) + ": must be one of " + String.join(", ", STAGES));
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
