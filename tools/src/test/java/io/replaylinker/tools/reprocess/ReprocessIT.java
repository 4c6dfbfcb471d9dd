package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.clickhouse.CurrentState;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.SourceConsumer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs beside a running worker, on a real broker and a real engine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReprocessIT {

    private static LinkedVisits visits;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        visits = LinkedVisits.start(EmbeddedKafka.start(), folder, Map.of(), SourceRecords::produce);
    }

    @AfterAll
    static void stop() {
        visits.close();
    }

    /** The first run may explain what the worker, which has just started, has not told yet. */
    @Test
    @Order(1)
    void shouldFindWhatTheWorkerFoundInAnyRange() throws Exception {
        List<String> before = visits.links();

        LinkedVisits.Result all = visits.runAll("--diff");
        LinkedVisits.Result part = visits.run(
                "--from",
                visits.start().plusSeconds(3_600).toString(),
                "--to",
                visits.start().plusSeconds(7_000).toString(),
                "--diff");

        assertThat(all.code()).as(all.toString()).isZero();
        assertThat(all.out()).doesNotContain("+ event", "- event", "~ event").contains("are unchanged");
        assertThat(part.code()).as(part.toString()).isZero();
        assertThat(part.out()).doesNotContain("+ event", "- event", "~ event", "? event");
        assertThat(visits.links()).isEqualTo(before);
    }

    @Test
    @Order(2)
    void shouldRepairWhatWasLostAndRetractWhatIsWrong() throws Exception {
        List<String> before = visits.links();
        LinkedVisits.Result first = visits.runAll();
        visits.loseLinks();
        visits.execute("""
                INSERT INTO default.replay_links SELECT * REPLACE (reverse(replay_id) AS replay_id, 7 AS version)
                FROM default.replay_links FINAL WHERE cityHash64(event_id) % 3 = 1 LIMIT 5""");
        List<String> damaged = visits.links();

        LinkedVisits.Result repair = visits.runAll("--diff", "--json");
        LinkedVisits.Result again = visits.runAll("--json");

        assertThat(first.code()).as(first.toString()).isZero();
        assertThat(damaged).isNotEqualTo(before);
        assertThat(repair.code()).as(repair.toString()).isZero();
        assertThat(repair.out()).contains("\"kind\" : \"added\"", "\"changed\" : 5");
        assertThat(visits.links()).isEqualTo(before);
        assertThat(again.out()).contains("\"added\" : 0", "\"changed\" : 0", "\"retracted\" : 0", "\"explained\" : 0");
    }

    /** The tables may or may not have what was said so far when the next run looks at them. */
    @Test
    @Order(3)
    void shouldRepairAllAfterARunThatWasCutOffWhileItCorrected() throws Exception {
        List<String> before = visits.links();
        visits.loseLinks();
        visits.execute("""
                INSERT INTO default.replay_links SELECT * REPLACE (reverse(replay_id) AS replay_id, 7 AS version)
                FROM default.replay_links FINAL WHERE cityHash64(event_id) % 3 = 2 LIMIT 5""");
        try (Consumer<byte[], byte[]> topic = SourceConsumer.of(visits.settings(), "said")) {
            long published = published(topic);
            Reprocess cut = new Reprocess(
                    visits.settings(),
                    new PrintWriter(new StringWriter()),
                    () -> published(topic) > published,
                    Clock.systemUTC());
            Plan plan = cut.plan(new RangeRequest(visits.first(), visits.end(), Map.of(), Map.of()));
            assertThatThrownBy(() -> cut.run(plan, 0, 10, new Tally(false)))
                    .hasMessageContaining("stopped before the end");
            long publishedByCut = published(topic);

            LinkedVisits.Result repair = visits.runAll();
            long publishedByBoth = published(topic);
            LinkedVisits.Result again = visits.runAll("--json");

            assertThat(publishedByCut).isGreaterThan(published).isLessThan(publishedByBoth);
            assertThat(repair.code()).as(repair.toString()).isZero();
            assertThat(visits.links()).isEqualTo(before);
            assertThat(again.out()).contains("\"added\" : 0", "\"changed\" : 0", "\"retracted\" : 0");
            assertThat(published(topic)).isEqualTo(publishedByBoth);
        }
    }

    @Test
    @Order(4)
    void shouldTakeOffsetsForTimes() throws Exception {
        Path offsets = Files.writeString(folder.resolve("offsets.csv"), "events,1,20\n");
        Path beyond = Files.writeString(folder.resolve("beyond.csv"), "events,1,20000000\n");

        LinkedVisits.Result result = visits.run("--from-offsets", offsets.toString(), "--json");
        LinkedVisits.Result impossible = visits.run("--from-offsets", beyond.toString());

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("\"added\" : 0");
        assertThat(impossible.code()).isEqualTo(ExitCodes.FAILURE);
        assertThat(impossible.err()).contains("events partition 1", "within the offsets of the topic");
    }

    @Test
    @Order(5)
    void shouldEndBehindTransactionsAndAbortedRecords() throws Exception {
        Instant at = visits.end().plusSeconds(1_800);
        String replay = "abcdef00".repeat(4);
        try (SourceRecords records = SourceRecords.transactional(visits.kafka().bootstrapServers())) {
            records.transaction(
                    List.of(
                            new Visits.Message(
                                    Visits.REPLAYS, 0, at.toEpochMilli(), Visits.segment(replay, 0, "", at, at)),
                            event("a1", replay, at)),
                    true);
            records.transaction(List.of(event("a2", replay, at)), false);
        }

        LinkedVisits.Result result = visits.run(
                "--from",
                at.minusSeconds(60).toString(),
                "--to",
                at.plusSeconds(60).toString(),
                "--json");

        assertThat(result.code()).as(result.toString()).isZero();
    }

    /** Last, because what was taken stays away. */
    @Test
    @Order(6)
    void shouldLeaveAloneWhatRetentionHidesFromIt() throws Exception {
        List<String> before = visits.links();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", visits.kafka().bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(Visits.REPLAYS, 0),
                            RecordsToDelete.beforeOffset(100),
                            new TopicPartition(Visits.REPLAYS, 1),
                            RecordsToDelete.beforeOffset(100)))
                    .all()
                    .get();
        }

        LinkedVisits.Result plan = visits.runAll("--dry-run");
        LinkedVisits.Result result = visits.runAll("--diff");

        assertThat(plan.out()).contains("retention deleted", "none is changed");
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).doesNotContain("+ event", "- event", "~ event", "? event");
        assertThat(visits.links()).isEqualTo(before);
    }

    /** What the worker has learned from events of long ago is not to be taken for unknown. */
    @Test
    @Order(7)
    void shouldKnowWhoseProjectsAreFromTheTables() throws Exception {
        visits.execute("""
                INSERT INTO default.replays (organization_id, project_id, day, replay_id, started_at, last_seen_at)
                VALUES (5, 77, '2026-10-05', 'aaaaaaaaaaaaaaaa', '2026-10-05 09:00:00', '2026-10-05 09:10:00'),
                       (6, 88, '2026-10-05', 'bbbbbbbbbbbbbbbb', '2026-10-05 09:00:00', '1970-01-01 00:00:00')""");

        try (TableReader tables = new TableReader(visits.clickHouse())) {
            assertThat(new CurrentState(tables).affiliations())
                    .contains(new CurrentState.Affiliation(22, 1), new CurrentState.Affiliation(77, 5))
                    .doesNotContain(new CurrentState.Affiliation(88, 6));
        }
    }

    /** Kafka's reset tool deletes what begins with the application id and a dash. */
    @Test
    @Order(8)
    void shouldLeaveNothingInKafka() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", visits.kafka().bootstrapServers()))) {
            assertThat(admin.listTopics().names().get()).noneMatch(name -> name.contains("reprocess"));
            assertThat(admin.listGroups().all().get())
                    .noneMatch(group -> group.groupId().contains("reprocess"));
        }
    }

    /** So many words on links are on their topic. */
    private static long published(Consumer<byte[], byte[]> topic) {
        TopicPartition links = new TopicPartition(visits.settings().get(WorkerSettings.LINKS_TOPIC), 0);
        return topic.endOffsets(List.of(links)).getOrDefault(links, 0L);
    }

    private static Visits.Message event(String id, String replay, Instant at) {
        String contexts = "\"replay\":{\"replay_id\":\"" + replay + "\"}";
        return new Visits.Message(Visits.EVENTS, 0, at.toEpochMilli(), Visits.event(id.repeat(16), contexts, at));
    }
}
