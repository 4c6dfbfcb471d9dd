package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.schemas.Link;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinkTableIT extends OnTables {

    @Test
    void shouldKeepEveryFieldOfALink() {
        insert(SampleLinks.fullLink());

        List<String> rows = database.query("SELECT organization_id, lower(hex(replay_id)), lower(hex(trace_id)),"
                + " lower(hex(event_id)), replay_project_id, replay_started_at, retention_days, event_project_id,"
                + " event_type, level, event_at, received_at, group_id, transaction, lower(hex(span_id)),"
                + " lower(hex(parent_span_id)), arrayStringConcat(arrayMap(id -> lower(hex(id)), client_span_ids), ','),"
                + " lower(hex(profile_id)), op, status, duration_ms, platform, release, environment, method, confidence,"
                + " in_session, confirmed, linked_at, ingested_at, version, is_deleted FROM " + database.table());

        assertThat(rows)
                .containsExactly(String.join(
                        "\t",
                        "18446744073709551615",
                        SampleLinks.hex(0x8888),
                        SampleLinks.hex(0x1111),
                        SampleLinks.hex(7),
                        "12",
                        "2026-03-04 05:06:07.89",
                        "30",
                        "4505000000000001",
                        "transaction",
                        "info",
                        "2026-03-04 05:06:17.89",
                        "2026-03-04 05:06:18.89",
                        "77",
                        "GET /prix/{id}?q='é\n\t\\",
                        "0000000000002222",
                        "0000000000003333",
                        "0000000000004444,0000000000005555",
                        SampleLinks.hex(0x6666),
                        "http.server",
                        "internal_error",
                        "0",
                        "node",
                        "shop@1.2.3",
                        "production",
                        "trace",
                        "0.6",
                        "false",
                        "true",
                        "2026-03-04 05:07:07.89",
                        "2026-03-04 05:08:07.89",
                        "3",
                        "0"));
    }

    @Test
    void shouldKeepALinkWithNothingOptionalInIt() {
        insert(SampleLinks.link(7));

        List<String> rows = database.query("SELECT lower(hex(trace_id)), group_id, transaction, lower(hex(span_id)),"
                + " length(client_span_ids), lower(hex(profile_id)), op, duration_ms, platform FROM "
                + database.table());

        assertThat(rows)
                .containsExactly(String.join(
                        "\t", "0".repeat(32), "0", "", "0".repeat(16), "0", "0".repeat(32), "", "null", ""));
    }

    @Test
    void shouldReadLinksBackInTheOrderOfTheirEvents() {
        insert(SampleLinks.link(9), SampleLinks.fullLink(), SampleLinks.link(8));

        List<LinkedEvent> links = database.currentLinks();

        assertThat(links)
                .extracting(LinkedEvent::eventId)
                .containsExactly(SampleLinks.hex(7), SampleLinks.hex(8), SampleLinks.hex(9));
        Instant start = Instant.ofEpochMilli(SampleLinks.START_MS);
        assertThat(links.get(0))
                .isEqualTo(new LinkedEvent(
                        SampleLinks.hex(7),
                        -1,
                        4_505_000_000_000_001L,
                        false,
                        "backend call",
                        "transaction",
                        "info",
                        "GET /prix/{id}?q='é\n\t\\",
                        "http.server",
                        "internal_error",
                        0L,
                        "node",
                        "shop@1.2.3",
                        "production",
                        77,
                        SampleLinks.hex(0x1111),
                        "0000000000002222",
                        "0000000000003333",
                        start.plusSeconds(10),
                        start.plusSeconds(11),
                        SampleLinks.hex(0x8888),
                        12,
                        start,
                        "trace",
                        0.6,
                        false,
                        true,
                        start.plusSeconds(60),
                        start.plusSeconds(120)));
        assertThat(links.get(1).traceId()).isEmpty();
    }

    @Test
    void shouldTakeRowsWithoutCompression() {
        ClickHouse plain = new ClickHouse(database.clickHouse().settings().uncompressed());
        try (TableInserter uncompressed = new TableInserter(plain, LinkColumns.TABLE)) {
            uncompressed.prepare();

            TableInserts.insert(uncompressed, new LinkColumns()::encode, List.of(SampleLinks.link(1)));
        }

        assertThat(database.currentEvents()).containsExactly("00000001");
    }

    @Test
    void shouldFindAnEventByTheFirstEightDigitsOfItsId() {
        insert(SampleLinks.link(0x1234_5678_0000_0001L), SampleLinks.link(0x1234_5679_0000_0001L));

        List<String> found = database.query("SELECT lower(hex(event_id)) FROM " + database.table()
                + " FINAL WHERE event_id >= unhex(rightPad('12345678', 32, '0'))"
                + " AND event_id <= unhex(rightPad('12345678', 32, 'f'))");

        assertThat(found).containsExactly(SampleLinks.hex(0x1234_5678_0000_0001L));
    }

    @Test
    void shouldTakeTimesOutOfRange() {
        Link forged = SampleLinks.builder(1)
                .setReplayStartedMs(Long.MAX_VALUE)
                .setLinkedAtMs(Long.MIN_VALUE)
                .setRetentionDays(Integer.MAX_VALUE)
                .build();

        insert(forged);

        assertThat(database.query("SELECT replay_started_at, linked_at, retention_days FROM " + database.table()))
                .containsExactly("2106-02-07 06:28:15\t1970-01-01 00:00:00\t65535");
    }

    @Test
    void shouldTakeABatchOfMoreMonthsThanAServerLikes() {
        Link[] links = LongStream.range(0, 150)
                .mapToObj(month -> SampleLinks.builder(month)
                        .setReplayStartedMs(month * 31 * 86_400_000L)
                        .build())
                .toArray(Link[]::new);

        insert(links);

        assertThat(database.query("SELECT count() FROM " + database.table())).containsExactly("150");
    }
}
