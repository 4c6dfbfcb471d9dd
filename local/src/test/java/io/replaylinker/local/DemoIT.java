package io.replaylinker.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole path, from a dump to rows read back by SQL. */
class DemoIT {

    /** 2026-11-20, epoch seconds. */
    private static final long MIDNIGHT = 1_795_132_800;

    @ParameterizedTest
    @MethodSource("captures")
    void shouldLinkTheCaptureOfRealSdksAsItHappened(Expected capture, @TempDir Path folder) throws Exception {
        Outcome outcome = link(capture.lines());

        assertThat(byEvent(outcome.links())).isEqualTo(capture.replays());
        assertThat(outcome.deadLetters()).isEmpty();
        if (capture.equals(Expected.CAPTURES.get(0))) {
            shouldWriteTheFileThatTheHandbookShows(folder.resolve("links.tsv"), outcome);
        }
    }

    private static void shouldWriteTheFileThatTheHandbookShows(Path file, Outcome outcome) throws IOException {
        DocumentedBlock shown = DocumentedBlock.of(
                "docs/commands.md",
                "event_id\treplay_id\ttrace_id\tevent_project_id\treplay_project_id\tevent_type\tlevel\tmethod\tconfidence\tin_session");

        LinksFile.write(file, outcome.links());

        String event = shown.lines().get(1).substring(0, 32);
        shown.shows(Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("event_id\t") || line.startsWith(event))
                .collect(Collectors.joining("\n")));
    }

    static List<Expected> captures() {
        return Expected.CAPTURES;
    }

    @ParameterizedTest
    @MethodSource("captures")
    void shouldLinkTheCaptureInAnyOtherOrderOfLinesTheSame(Expected capture) throws Exception {
        long seed = 4711;
        List<String> shuffled = new ArrayList<>(capture.lines());
        Collections.shuffle(shuffled, new Random(seed));

        Outcome outcome = link(shuffled);

        assertThat(byEvent(outcome.links())).as("seed %d", seed).isEqualTo(capture.replays());
    }

    @Test
    void shouldLinkAsTheWorkerWouldHaveAtTheTime() throws Exception {
        // Given a trace-only error and one that names its replay, a replay stream that goes on, and that replay 20 min
        // later
        List<String> lines = new ArrayList<>();
        lines.add(error("aa", 0, "7", ""));
        lines.add(error("bb", 0, "9", ",\"replay\":{\"replay_id\":\"" + id("1") + "\"}"));
        for (int second = 5; second < 1200; second += 15) {
            lines.add(segment("2", second / 15, second, "5"));
        }
        lines.add(segment("1", 0, 1200, "7"));
        Collections.shuffle(lines, new Random(7));

        // When
        Outcome outcome = link(lines, id("aa"));

        // Then
        assertThat(new OutcomeReport(outcome, new Paint(false)).text())
                .contains("Event " + id("aa") + ": its wait was over before all was read", "no link: TRACE_NOT_SEEN");
        assertThat(byEvent(outcome.links())).containsOnly(entry(id("bb"), id("1")));
        assertThat(outcome.unlinked()).extracting(Unlinked::getReason).containsExactly(UnlinkedReason.TRACE_NOT_SEEN);
    }

    @Test
    void shouldShowTheStoryOfTheShop() throws Exception {
        Outcome outcome = run(DumpSource.sample());

        assertThat(outcome.links().stream().collect(Collectors.groupingBy(LinkedEvent::method, Collectors.counting())))
                .containsOnly(entry("replay_id", 9L), entry("span", 5L), entry("trace", 5L));
        assertThat(outcome.claimed())
                .extracting(Unlinked::getReason)
                .containsExactlyInAnyOrder(
                        UnlinkedReason.REPLAY_NOT_SEEN,
                        UnlinkedReason.SHARED_TRACE,
                        UnlinkedReason.SHARED_TRACE,
                        UnlinkedReason.ARCHIVED,
                        UnlinkedReason.TENANT_MISMATCH);
        assertThat(outcome.deadLetters()).hasSize(2);
        assertThat(outcome.control()).isEqualTo(3);
        DocumentedBlock.of(
                        "README.md",
                        "Replay 5e55000100000000000000000001fdda  project 11, started 2026-10-05 09:00:00 UTC")
                .shows(withoutEvents(new OutcomeReport(outcome, new Paint(false)).text()));
    }

    /** The rows are cut off before the event's id there, to fit. */
    private static String withoutEvents(String report) {
        return report.replaceAll("(project \\d+), event [0-9a-f]+", "$1").replace(System.lineSeparator(), "\n");
    }

    @Test
    void shouldExplainWhyAnEventHasALinkOrNone() throws Exception {
        String linked = "e0e00002000000000000000000017dde";
        String lost = "e0e0000d";
        String shared = "e0e0000e";
        String unrecorded = "e0e00014";

        Outcome outcome = run(DumpSource.sample(), linked, lost, shared, unrecorded);

        assertThat(new OutcomeReport(outcome, new Paint(false)).text())
                .contains("carries replay 5e55000100000000000000000001fdda, from its replay context")
                .contains("seen of the replay: project 11, organization 1, 2026-10-05 09:00:00.000 UTC")
                .contains("  linked")
                .contains("seen of the replay: nothing")
                .contains("no link: REPLAY_NOT_SEEN, no segment of the replay was seen")
                .contains("carries no replay id, but a flag that there is a replay")
                .contains("no link: SHARED_TRACE, several visits share the trace")
                .contains("path ends in a browser or app that names no replay")
                .contains("no link: UNRECORDED_VISIT");
    }

    /** An error of project 22, so many seconds after midnight. */
    private static String error(String event, int second, String trace, String contexts) {
        return line(
                "events",
                second,
                ("[2,\"insert\",{\"event_id\":\"%s\",\"organization_id\":1,\"project_id\":22,\"platform\":\"node\","
                                + "\"data\":{\"type\":\"error\",\"level\":\"error\",\"timestamp\":%d,\"received\":%d,\"contexts\":{\"trace\":"
                                + "{\"trace_id\":\"%s\",\"span_id\":\"00000000000000%s\"}%s}},\"retention_days\":90},{}]")
                        .formatted(id(event), MIDNIGHT + second, MIDNIGHT + second, id(trace), event, contexts));
    }

    /** A segment of a replay of project 22 that began at midnight and was on this trace. */
    private static String segment(String replay, int number, int second, String trace) {
        return line(
                "ingest-replay-events",
                second,
                ("{\"replay_id\":\"%s\",\"project_id\":22,\"retention_days\":90,\"payload\":{"
                                + "\"type\":\"replay_event\",\"replay_id\":\"%s\",\"segment_id\":%d,\"timestamp\":%d,\"replay_start_timestamp\":%d,"
                                + "\"replay_type\":\"session\",\"trace_ids\":[\"%s\"],\"error_ids\":[]}}")
                        .formatted(id(replay), id(replay), number, MIDNIGHT + second, MIDNIGHT, id(trace)));
    }

    private static String line(String topic, int second, String payload) {
        return "{\"topic\":\"%s\",\"ts\":%d,\"key\":null,\"payload\":\"%s\"}"
                .formatted(topic, (MIDNIGHT + second) * 1000, payload.replace("\"", "\\\""));
    }

    private static String id(String end) {
        return "0".repeat(32 - end.length()) + end;
    }

    private static Outcome link(List<String> lines, String... prefixes) throws InterruptedException {
        byte[] dump = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return run(new DumpSource("capture", () -> new ByteArrayInputStream(dump)), prefixes);
    }

    private static Outcome run(DumpSource dump, String... prefixes) throws InterruptedException {
        Progress progress = new Progress(new PrintWriter(new StringWriter()));
        return new Demo(
                        List.of(dump),
                        List.of(prefixes),
                        new StallTimeout(Duration.ofMinutes(2), () -> false),
                        progress)
                .run();
    }

    /** Event to replay. */
    private static Map<String, String> byEvent(List<LinkedEvent> links) {
        return links.stream().collect(Collectors.toMap(LinkedEvent::eventId, LinkedEvent::replayId));
    }
}
