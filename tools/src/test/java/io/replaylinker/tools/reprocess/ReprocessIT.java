package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs beside a running worker, on a real broker and a real engine. A test has tables or topics of its own for what it changes. */
class ReprocessIT {

    private static TestServers servers;
    /** No test changes their records or their links. */
    private static LinkedVisits unchanged;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void prepare() throws Exception {
        servers = new TestServers(EmbeddedKafka.start(), folder);
        unchanged = LinkedVisits.start(servers, "unchanged", Map.of(), SourceRecords::produce);
    }

    @AfterAll
    static void stop() {
        unchanged.close();
        servers.close();
    }

    /** The first run may explain events about which the worker, which has just started, has published nothing yet. */
    @Test
    void shouldFindWhatTheWorkerFoundInAnyRange() throws Exception {
        List<String> before = unchanged.links();

        LinkedVisits.Result all = unchanged.runAll("--diff");
        LinkedVisits.Result part = unchanged.run(
                "--from",
                unchanged.start().plusSeconds(3_600).toString(),
                "--to",
                unchanged.start().plusSeconds(7_000).toString(),
                "--diff");

        assertThat(all.code()).as(all.toString()).isZero();
        assertThat(all.out()).doesNotContain("+ event", "- event", "~ event").contains("are unchanged");
        assertThat(part.code()).as(part.toString()).isZero();
        assertThat(part.out())
                .doesNotContain("+ event", "- event", "~ event", "? event")
                .containsPattern("[1-9]\\d*  are unchanged");
        assertThat(unchanged.links()).isEqualTo(before);
    }

    @Test
    void shouldRepairWhatWasLostAndRetractWhatIsWrong() throws Exception {
        try (LinkedVisits visits = unchanged.again("repaired")) {
            List<String> before = visits.links();
            visits.damageAFewLinks();
            List<String> damaged = visits.links();

            LinkedVisits.Result plan = visits.runAll("--dry-run");
            LinkedVisits.Result repair = visits.runAll("--diff");
            LinkedVisits.Result again = visits.runAll();

            assertThat(damaged).isNotEqualTo(before);
            assertThat(repair.code()).as(repair.toString()).isZero();
            assertThat(visits.links()).isEqualTo(before);
            if (visits.areDocumented()) {
                DocumentedBlock.of(
                                "docs/reprocessing.md",
                                "$ ./replay-linker reprocess --config worker.properties --from 2026-11-21T07:57:57Z --to 2026-11-21T10:58:57Z --dry-run")
                        .shows(
                                "./replay-linker reprocess --config worker.properties --from 2026-11-21T07:57:57Z --to 2026-11-21T10:58:57Z --dry-run",
                                visits.asDocumented(plan.out(), "unchanged-"));
                DocumentedBlock.of(
                                "docs/reprocessing.md",
                                "$ ./replay-linker reprocess --config worker.properties --from 2026-11-21T07:57:57Z --to 2026-11-21T10:58:57Z --diff")
                        .shows(
                                "./replay-linker reprocess --config worker.properties --from 2026-11-21T07:57:57Z --to 2026-11-21T10:58:57Z --diff",
                                visits.asDocumented(repair.out(), "unchanged-"));
                assertThat(again.out()).contains("  136  are unchanged");
            }
        }
    }

    /** The tables may or may not have what was published so far when the next run looks at them. */
    @Test
    void shouldRepairAllAfterARunThatWasCutOffWhileItCorrected() throws Exception {
        try (LinkedVisits visits = unchanged.again("interrupted");
                Consumer<byte[], byte[]> topic =
                        SourceConsumer.of(new KafkaProperties(visits.settings()), "published")) {
            List<String> before = visits.links();
            visits.loseLinks();
            visits.addWrongLinks();
            long published = published(visits, topic);
            Reprocess cut = new Reprocess(
                    visits.settings(),
                    new PrintWriter(new StringWriter()),
                    () -> published(visits, topic) > published,
                    Clock.systemUTC());
            Plan plan = cut.plan(new RangeRequest(visits.first(), visits.end(), Map.of(), Map.of()));
            assertThatThrownBy(() -> cut.run(plan, 0, 10, new Tally(false)))
                    .hasMessageContaining("stopped before the end");
            long publishedByCut = published(visits, topic);

            LinkedVisits.Result repair = visits.runAll("--diff", "--json");
            long publishedByBoth = published(visits, topic);
            LinkedVisits.Result again = visits.runAll("--json");

            assertThat(publishedByCut).isGreaterThan(published).isLessThan(publishedByBoth);
            assertThat(repair.code()).as(repair.toString()).isZero();
            assertThat(repair.out()).contains("\"kind\" : \"added\"", "\"kind\" : \"changed\"");
            assertThat(visits.links()).isEqualTo(before);
            assertThat(again.out())
                    .contains("\"added\" : 0", "\"changed\" : 0", "\"retracted\" : 0", "\"explained\" : 0");
            assertThat(published(visits, topic)).isEqualTo(publishedByBoth);
        }
    }

    @Test
    void shouldTakeOffsetsForTimes() throws Exception {
        String events = unchanged.topic(Visits.EVENTS);
        Path offsets = Files.writeString(folder.resolve("offsets.csv"), events + ",1,20\n");
        Path beyond = Files.writeString(folder.resolve("beyond.csv"), events + ",1,20000000\n");

        LinkedVisits.Result result = unchanged.run("--from-offsets", offsets.toString(), "--json");
        LinkedVisits.Result impossible = unchanged.run("--from-offsets", beyond.toString());

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("\"added\" : 0").containsPattern("\"same\" : [1-9]");
        assertThat(impossible.code()).isEqualTo(ExitCodes.FAILURE);
        assertThat(impossible.err()).contains(events + " partition 1", "within the offsets of the topic");
    }

    /** Markers of transactions take offsets at the end of the topics, at which no record ever arrives. */
    @Test
    void shouldEndBehindTransactionsAndAbortedRecords() throws Exception {
        Instant at = unchanged.end().plusSeconds(1_800);
        Map<String, String> sources = sources("transactions");
        String seen = "abcdef00".repeat(4);
        String other = "00fedcba".repeat(4);
        try (SourceRecords records = SourceRecords.transactional(servers.kafka().bootstrapServers())) {
            records.transaction(
                    List.of(
                            message("transactions-" + Visits.REPLAYS, Visits.segment(seen, 0, "", at, at), at),
                            message("transactions-" + Visits.EVENTS, event("a1", other, at), at)),
                    true);
            records.transaction(List.of(message("transactions-" + Visits.EVENTS, event("a2", other, at), at)), false);
        }

        LinkedVisits.Result result = unchanged.runOver(
                sources,
                "--from",
                at.minusSeconds(60).toString(),
                "--to",
                at.plusSeconds(60).toString(),
                "--json");

        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out()).contains("\"added\" : 0", "\"explained\" : 2");
    }

    @Test
    void shouldLeaveAloneWhatRetentionHidesFromIt() throws Exception {
        List<String> before = unchanged.links();
        Map<String, String> sources = sources("retention");
        SourceRecords.produce(
                servers.kafka().bootstrapServers(),
                unchanged.messages().stream()
                        .map(message -> message.to("retention-" + message.topic()))
                        .toList());
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(
                            new TopicPartition("retention-" + Visits.REPLAYS, 0),
                            RecordsToDelete.beforeOffset(100),
                            new TopicPartition("retention-" + Visits.REPLAYS, 1),
                            RecordsToDelete.beforeOffset(100)))
                    .all()
                    .get();
        }

        LinkedVisits.Result plan = unchanged.runOver(sources, unchanged.all("--dry-run"));
        LinkedVisits.Result result = unchanged.runOver(sources, unchanged.all("--diff"));

        assertThat(plan.out()).contains("retention deleted", "none is changed");
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.out())
                .doesNotContain("+ event", "- event", "~ event")
                .containsPattern("[1-9]\\d*  are kept unchanged");
        assertThat(unchanged.links()).isEqualTo(before);
        if (unchanged.areDocumented()) {
            DocumentedBlock.of(
                            "docs/reprocessing.md",
                            "  ingest-replay-events          0          100        150       50  ~50 KB")
                    .shows(unchanged.asDocumented(plan.out(), "retention-"));
            assertThat(result.out()).contains("  80  are kept unchanged");
        }
    }

    /** Kafka's reset tool deletes what begins with the application id and a dash. */
    @Test
    void shouldLeaveNothingInKafka() throws Exception {
        try (Admin admin = admin()) {
            Set<String> topics = admin.listTopics().names().get();

            LinkedVisits.Result result = unchanged.runAll();

            assertThat(result.code()).as(result.toString()).isZero();
            assertThat(admin.listTopics().names().get()).isEqualTo(topics);
            assertThat(admin.listGroups().all().get()).isNotEmpty().noneMatch(group -> group.groupId()
                    .contains("reprocess"));
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers.kafka().bootstrapServers()));
    }

    /** The number of links and retractions on their topic. */
    private static long published(LinkedVisits visits, Consumer<byte[], byte[]> topic) {
        TopicPartition links = new TopicPartition(visits.settings().get(WorkerSettings.LINKS_TOPIC), 0);
        return topic.endOffsets(List.of(links)).getOrDefault(links, 0L);
    }

    /** New source topics, in place of those of the worker. */
    private static Map<String, String> sources(String name) {
        String events = name + "-" + Visits.EVENTS;
        String replays = name + "-" + Visits.REPLAYS;
        servers.kafka().createTopic(events, 2, Map.of());
        servers.kafka().createTopic(replays, 2, Map.of());
        return Map.of("events.topics", events + ":sentry-json", "replays.topics", replays + ":sentry-json");
    }

    private static Visits.Message message(String topic, String value, Instant at) {
        return new Visits.Message(topic, 0, at.toEpochMilli(), value);
    }

    private static String event(String id, String replay, Instant at) {
        return Visits.event(id.repeat(16), "\"replay\":{\"replay_id\":\"" + replay + "\"}", at);
    }
}
