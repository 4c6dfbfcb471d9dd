package io.replaylinker.tools.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.tools.Installation;
import io.replaylinker.tools.ReplayLinkerCommand;
import io.replaylinker.tools.SentryMessages;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A worker with the wrong format of one topic, and whose table refuses one event: what becomes of the three records that it set
 * aside, in the order in which somebody finds out and mends it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DlqIT {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";
    private static final String LINKED = "00000000000000000000000000000001";
    private static final String REFUSED = "00000000000000000000000000000002";
    private static final String MISREAD = "00000000000000000000000000000003";
    private static final String OTHERS = "other-events";
    private static final String DEAD_LETTERS = "replay-dead-letters";

    private static Installation installation = Installation.start();
    private static Worker worker;

    @TempDir
    private static Path folder = Path.of("");

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void setThreeRecordsAside() throws Exception {
        installation.createTopic(OTHERS);
        installation.execute(
                "ALTER TABLE default.replay_links ADD CONSTRAINT refused CHECK event_id != unhex('" + REFUSED + "')");
        installation.produce(Installation.REPLAYS, SentryMessages.segment(REPLAY));
        installation.produce(
                Installation.EVENTS,
                SentryMessages.eventOfReplay(LINKED, REPLAY),
                "broken\u001b[2J",
                SentryMessages.eventOfReplay(REFUSED, REPLAY));
        installation.produce(OTHERS, SentryMessages.eventOfReplay(MISREAD, REPLAY));
        worker = Worker.start(SettingsReader.read(config("avro"), Map.of()), new SimpleMeterRegistry());
        Installation.await("three letters", () -> installation.count(DEAD_LETTERS) == 3);
        Installation.await("one link", () -> events().equals(List.of(LINKED)));
    }

    @AfterAll
    static void stop() {
        worker.close();
        installation.close();
    }

    /** Settings in which the other topic has that format. */
    private static Path config(String format) throws Exception {
        Map<String, String> settings = installation.settings(
                folder,
                Map.of(
                        "sink.bad-rows",
                        "set-aside",
                        "dead-letters.head-bytes",
                        "6",
                        "events.topics",
                        Installation.EVENTS + ":sentry-json," + OTHERS + ":" + format));
        return Files.writeString(
                folder.resolve(format + ".properties"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
    }

    @Test
    @Order(1)
    void shouldListWhatWasSetAside() throws Exception {
        Result all = dlq("avro", "list");
        Result some = dlq("avro", "list", "--stage", "sink", "--limit", "0", "--json");
        Result none = dlq("avro", "list", "--reason", "NO_EVENT_ID");

        assertThat(all.code()).as(all.toString()).isEqualTo(ExitCodes.OK);
        assertThat(all.out().replaceAll(" +", " "))
                .startsWith(DEAD_LETTERS + ": 3 dead letters")
                .contains(" 1 decode-events NOT_AVRO other-events", " 1 decode-events NOT_JSON events")
                .contains(" 1 sink ROW_REFUSED replay-links", " events/0@1 10 NOT_JSON ");
        assertThat(some.out().replaceAll("\\s+", " "))
                .contains("\"dead_letters\" : 1, \"stage\" : \"sink\"", "\"newest\" : [ ]");
        assertThat(none.out()).startsWith(DEAD_LETTERS + ": no dead letters");
        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker dlq list --config worker.properties")
                .shows("./replay-linker dlq list --config worker.properties", asDocumented(all.out()));
    }

    @Test
    @Order(2)
    void shouldShowOneRecordAndWhatIsThereNow() throws Exception {
        Path saved = folder.resolve("value");

        Result shown = dlq("avro", "show", "events/0@1", "--save", saved.toString());
        Result sunk = dlq("avro", "show", row());
        Result unknown = dlq("avro", "show", "events/0@0");

        assertThat(shown.code()).as(shown.toString()).isEqualTo(ExitCodes.OK);
        assertThat(shown.out())
                .contains(
                        "reason     NOT_JSON: ",
                        "begins     broken",
                        "now        still in the topic, and still cannot be read: NOT_JSON")
                .doesNotContain("\u001b");
        assertThat(saved).hasContent("broken\u001b[2J");
        assertThat(sunk.out()).contains("still in the topic; dlq retry publishes it for the sink again");
        assertThat(unknown.code()).isEqualTo(ExitCodes.UNKNOWN);
        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker dlq show events/0@1 --config worker.properties")
                .shows(
                        "./replay-linker dlq show events/0@1 --config worker.properties",
                        asDocumented(dlq("avro", "show", "events/0@1").out()));
    }

    @Test
    @Order(3)
    void shouldReportWhatAnotherTryWouldComeToAndWriteNothing() throws Exception {
        long rows = installation.count("replay-links");

        Result result = dlq("avro", "retry", "--dry-run");
        Result mended = dlq("sentry-json", "retry", "--dry-run");

        assertThat(result.out().replaceAll(" +", " "))
                .startsWith("3 records retried; nothing was written")
                .contains(" 1 published for the sink again", " 2 still cannot be read")
                .doesNotContain("reprocess");
        assertThat(mended.out())
                .contains(
                        " 1 published for the sink again",
                        " 1 can be read now",
                        " 1 still cannot be read",
                        "reprocess --config FILE");
        assertThat(installation.count("replay-links")).isEqualTo(rows);
        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker dlq retry --dry-run --config worker.properties")
                .shows("./replay-linker dlq retry --dry-run --config worker.properties", asDocumented(mended.out()));
    }

    /** The places and times of the text, which does not know those of this run; a row that is refused may be the first or the second. */
    private static String asDocumented(String printed) {
        return printed.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:8123")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}", "2026-11-21 15:36:58.291")
                .replaceAll("--from \\S+ --to \\S+", "--from 2026-11-21T15:36:58.291Z --to 2026-11-21T15:36:58.292Z")
                .replaceAll("replay-links/0@\\d", "replay-links/0@1")
                .replaceAll("(replay-links/0@1 +)\\d{3}", "$1115")
                .replaceAll("replay-links-0@\\d\\.\\.\\d", "replay-links-0@1..1");
    }

    @Test
    @Order(4)
    void shouldBringInTheRowThatWasRefusedOnceTheTableTakesIt() throws Exception {
        installation.execute("ALTER TABLE default.replay_links DROP CONSTRAINT refused");

        Result first = dlq("avro", "retry", "--stage", "sink");
        Result second = dlq("avro", "retry", "--stage", "sink", "--json");
        Installation.await("the refused link", () -> events().equals(List.of(LINKED, REFUSED)));

        assertThat(first.out()).contains("1 published for the sink again");
        assertThat(second.out().replaceAll("\\s+", " ")).contains("\"republished\" : 1,", "\"dry_run\" : false");
        Installation.await(
                "both are passed",
                () -> installation
                                .committed("replay-linker-links-sink", "replay-links")
                                .offset()
                        == installation.count("replay-links"));
        assertThat(events()).containsExactly(LINKED, REFUSED);
        assertThat(installation.count(DEAD_LETTERS)).isEqualTo(3);
    }

    @Test
    @Order(5)
    void shouldNameTheRunThatLinksWhatCanBeReadNow() throws Exception {
        Result result = dlq("sentry-json", "retry", "--topic", OTHERS);

        assertThat(result.out()).contains("1 can be read now");
        Matcher command =
                Pattern.compile("replay-linker reprocess --config FILE (.*)").matcher(result.out());
        assertThat(command.find()).isTrue();
        List<String> arguments = new ArrayList<>(
                List.of("reprocess", "--config", config("sentry-json").toString()));
        arguments.addAll(List.of(command.group(1).split(" ", -1)));
        Result run = run(arguments);
        assertThat(run.code()).as(run.toString()).isEqualTo(ExitCodes.OK);
        assertThat(events()).containsExactly(LINKED, REFUSED, MISREAD);
    }

    @Test
    @Order(6)
    void shouldReportThatARecordIsGone() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", installation.kafka().bootstrapServers()))) {
            admin.deleteRecords(Map.of(new TopicPartition(Installation.EVENTS, 0), RecordsToDelete.beforeOffset(2)))
                    .all()
                    .get();
        }

        Result shown = dlq("avro", "show", "events/0@1");
        Result tried = dlq("avro", "retry", "--topic", Installation.EVENTS);

        assertThat(shown.out()).contains("now        gone: deleted by retention: the partition begins at 2");
        assertThat(tried.out()).contains("1 gone");
    }

    /** The row that was refused, as list writes it. */
    private static String row() throws Exception {
        Matcher place = Pattern.compile("replay-links/0@\\d+")
                .matcher(dlq("avro", "list").out());
        assertThat(place.find()).isTrue();
        return place.group();
    }

    private static List<String> events() {
        return installation.links().stream().map(LinkedEvent::eventId).sorted().toList();
    }

    private static Result dlq(String format, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(Arrays.asList(arguments));
        all.addAll(List.of("--config", config(format).toString()));
        return run(all);
    }

    private static Result run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = new Program(command).run(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
