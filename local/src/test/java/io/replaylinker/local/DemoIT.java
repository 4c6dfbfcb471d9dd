package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.sinks.clickhouse.LinkRow;
import io.replaylinker.worker.lifecycle.Patience;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole path, from a dump to rows read back by SQL. */
class DemoIT {

    @Test
    void shouldLinkTheCaptureOfRealSdksAsItHappened() throws Exception {
        Outcome outcome = link(lines("capture.ndjson"));

        assertThat(byEvent(outcome.links())).isEqualTo(expected());
        assertThat(outcome.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2026, 4711})
    void shouldLinkTheCaptureInAnyOtherOrderTheSame(long seed) throws Exception {
        List<String> shuffled = new ArrayList<>(lines("capture.ndjson"));
        Collections.shuffle(shuffled, new Random(seed));

        Outcome outcome = link(shuffled);

        assertThat(byEvent(outcome.links())).as("seed %d", seed).isEqualTo(expected());
    }

    @Test
    void shouldTellTheStoryOfTheShop() throws Exception {
        Outcome outcome = run(DumpSource.sample());

        assertThat(outcome.links().stream().collect(Collectors.groupingBy(LinkRow::method, Collectors.counting())))
                .containsOnly(entry("replay_id", 6L), entry("flag", 2L), entry("trace", 3L));
        assertThat(outcome.unlinked())
                .extracting(Unlinked::getReason)
                .containsExactlyInAnyOrder(
                        UnlinkedReason.REPLAY_NOT_SEEN,
                        UnlinkedReason.SHARED_TRACE,
                        UnlinkedReason.AMBIGUOUS,
                        UnlinkedReason.ARCHIVED,
                        UnlinkedReason.TENANT_MISMATCH);
        assertThat(outcome.deadLetters()).hasSize(2);
        assertThat(outcome.control()).isEqualTo(3);
        assertThat(outcome.unclaimed()).isEqualTo(1);
        assertThat(new OutcomeReport(outcome, new Paint(false)).text())
                .contains("8 of 14 backend errors have a replay (57 %).")
                .contains("belongs to another organization");
    }

    @Test
    void shouldSayWhyAnEventHasALinkOrNone() throws Exception {
        String linked = "e0e00002000000000000000000017dde";
        String lost = "e0e0000d";
        String ambiguous = "e0e0000e";

        Outcome outcome = run(DumpSource.sample(), linked, lost, ambiguous);

        assertThat(new OutcomeReport(outcome, new Paint(false)).text())
                .contains("claims replay 5e55000100000000000000000001fdda by its id")
                .contains("seen of the replay: project 11, organization 1, 2026-10-05 09:00:00.000 UTC")
                .contains("  linked")
                .contains("seen of the replay: nothing")
                .contains("not linked: REPLAY_NOT_SEEN, no segment of the replay was seen")
                .contains("claims a replay by the flag, on trace 7ace00080000000000000000000722ee")
                .contains("no replay chosen: AMBIGUOUS, several replays fit, and time decides for none")
                .contains("may change until the replay side has passed 2026-10-05 09:25:04.000 UTC");
    }

    private static Outcome link(List<String> lines) throws InterruptedException {
        byte[] dump = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return run(new DumpSource("capture", () -> new ByteArrayInputStream(dump)));
    }

    private static Outcome run(DumpSource dump, String... asked) throws InterruptedException {
        Progress progress = new Progress(new PrintWriter(new StringWriter()));
        return new Demo(List.of(dump), List.of(asked), new Patience(Duration.ofMinutes(2), () -> false), progress)
                .run();
    }

    /** Event to replay. */
    private static Map<String, String> byEvent(List<LinkRow> links) {
        return links.stream().collect(Collectors.toMap(LinkRow::eventId, LinkRow::replayId));
    }

    /** What really happened; the last column is empty where no replay was recorded. */
    private static Map<String, String> expected() throws IOException {
        return lines("expected-links.tsv").stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .filter(columns -> !columns[5].isEmpty())
                .collect(Collectors.toMap(columns -> columns[0], columns -> columns[5]));
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream input = Objects.requireNonNull(DemoIT.class.getResourceAsStream(resource), resource)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
