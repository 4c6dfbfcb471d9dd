package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BatchInserter;
import io.replaylinker.sinks.Batches;
import io.replaylinker.testkit.ClickHouseServer;
import io.replaylinker.testkit.containers.Platform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes again, late or to take something back must not show. */
@ParameterizedClass
@EnumSource(Platform.class)
class LinkRedeliveryIT {

    private static final Started STARTED = new Started();

    @SuppressWarnings("NullAway.Init")
    private static ClickHouseServer server;

    private TestDatabase database;
    private BatchInserter inserter;

    /** JUnit hands the platform to the methods around a run only if the class takes it as well. */
    LinkRedeliveryIT(Platform platform) {}

    @BeforeParameterizedClassInvocation
    static void startServer(Platform platform) {
        server = STARTED.with(platform.startClickHouse());
    }

    @AfterParameterizedClassInvocation
    static void stopServer() throws Exception {
        STARTED.stop();
    }

    @BeforeEach
    void makeTables() {
        database = TestDatabase.migrated(server);
        inserter = LinkSink.inserter(database.clickHouse());
        inserter.prepare();
    }

    @AfterEach
    void closeInserter() {
        inserter.close();
    }

    @Test
    void shouldForgetALinkThatWasTakenBack() {
        insert(0, SampleLinks.link(1), SampleLinks.link(2));

        insert(2, SampleLinks.retracted(1));

        assertThat(database.currentEvents()).containsExactly("00000002");
    }

    @Test
    void shouldForgetALinkWhoseRetractionCameFirst() {
        insert(0, SampleLinks.retracted(1));

        insert(1, SampleLinks.link(1));

        assertThat(database.currentEvents()).isEmpty();
    }

    @Test
    void shouldTellTheLatestVersionAlthoughTheStartOfTheReplayMovedToAnotherMonth() {
        Link later = SampleLinks.builder(1)
                .setVersion(2)
                .setReplayStartedMs(SampleLinks.START_MS - 30L * 86_400_000)
                .setConfidence(0.9)
                .build();
        insert(0, SampleLinks.link(1));

        insert(1, later);

        List<Double> confidences = new ArrayList<>();
        new LinkReader(database.clickHouse()).forEach(row -> confidences.add(row.confidence()));
        assertThat(confidences).containsExactly(0.9);
    }

    @Test
    void shouldDropABatchThatComesAgain() {
        insert(0, SampleLinks.link(1), SampleLinks.link(2));

        insert(0, SampleLinks.link(1), SampleLinks.link(2));

        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("2");
    }

    @Test
    void shouldAnswerTheSameAfterRedeliveryInOtherBatches() {
        List<Link> links = new ArrayList<>(
                LongStream.range(0, 300).mapToObj(SampleLinks::link).toList());
        links.add(SampleLinks.retracted(17));
        insert(0, links.toArray(Link[]::new));
        List<String> before = allCurrentColumns();
        long seed = 42;
        Collections.shuffle(links, new Random(seed));

        for (int from = 0; from < links.size(); from += 70) {
            insert(from, links.subList(from, Math.min(from + 70, links.size())).toArray(Link[]::new));
        }

        assertThat(allCurrentColumns()).as("seed " + seed).hasSize(299).isEqualTo(before);
    }

    private List<String> allCurrentColumns() {
        return database.query(
                "SELECT * REPLACE(hex(event_id) AS event_id, hex(replay_id) AS replay_id, hex(trace_id) AS trace_id,"
                        + " hex(span_id) AS span_id, hex(parent_span_id) AS parent_span_id, hex(profile_id) AS profile_id,"
                        + " length(client_span_ids) AS client_span_ids) FROM " + database.table()
                        + " FINAL ORDER BY event_id");
    }

    private void insert(long firstOffset, Link... links) {
        inserter.insert(Batches.of(firstOffset, new LinkColumns(), SampleLinks.START_MS + 120_000, List.of(links)));
    }
}
