package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people see of the tables: ids as hex text, words for codes, and current rows only. */
class ReadableViewsIT extends OnTables {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();
    private static final String OF_ONE = " WHERE organization_id = 1 AND day = '2026-03-04'";

    @Test
    void shouldShowLinksWithIdsAsHexAndWordsForCodes() {
        insert(
                link(1, event(1, "node").setLevel("warning").setGroupId(5L).setTraceId(SampleLinks.id(0x7777))),
                link(2, event(2, "javascript").setType("transaction").setDurationMs(250L)),
                link(3, event(3, "javascript").setType("feedback").setOccurrence(true)));

        List<String> rows = database.queryInside(
                "SELECT event_id, replay_id, trace_id, span_id, kind, origin, level, group_id, duration_ms, seconds_into_replay,"
                        + " event_at, in_session FROM links" + OF_ONE + " ORDER BY event_id");

        String common = "\t10\t2026-03-04 05:06:17.890\ttrue";
        assertThat(rows)
                .containsExactly(
                        SampleLinks.hex(1) + "\t" + SampleLinks.replayHex(0) + "\t" + SampleLinks.hex(0x7777)
                                + "\t\terror\tbackend\twarning\t5\t\\N" + common,
                        SampleLinks.hex(2) + "\t" + SampleLinks.replayHex(0) + "\t\t\tcall\tfrontend\t\t0\t250"
                                + common,
                        SampleLinks.hex(3) + "\t" + SampleLinks.replayHex(1) + "\t\t\toccurrence\tfrontend\t\t0\t\\N"
                                + common);
    }

    @Test
    void shouldShowNoLinkThatWasRetractedOrWhoseReplayWasDeleted() {
        insert(SampleReplayStates.builder(2).setArchived(true).build());
        insert(SampleLinks.link(0), SampleLinks.link(3), SampleLinks.link(6));

        insert(SampleLinks.retracted(3));

        assertThat(database.queryInside("SELECT event_id FROM links" + OF_ONE)).containsExactly(SampleLinks.hex(0));
    }

    @Test
    void shouldShowReplaysWithWhatIsLinkedToThemNow() {
        insert(
                SampleReplayStates.replayState(0),
                SampleReplayStates.builder(1).setArchived(true).build());
        insert(
                link(0, event(0, "node").setLevel("fatal").setGroupId(5L)),
                link(1, event(1, "javascript").setGroupId(5L)),
                link(2, event(2, "node").setType("transaction").setDurationMs(250L)),
                SampleLinks.link(3),
                SampleLinks.link(6),
                SampleLinks.link(9));

        insert(SampleLinks.builder(0)
                .setEvent(event(0, "node").setLevel("fatal").setGroupId(5L).build())
                .setVersion(2)
                .setDeleted(true)
                .build());
        insert(SampleLinks.retracted(6));

        assertThat(database.queryInside("SELECT replay_id, project_id, started_at, duration_s, segments, worst_level,"
                        + " backend_errors, frontend_errors, calls, occurrences, issues, slowest_call_ms, first_event_at, deleted"
                        + " FROM replays_readable" + OF_ONE + " ORDER BY replay_id"))
                .as("of the third replay there is a retracted link alone, of the fourth a link and no segment")
                .containsExactly(
                        SampleLinks.replayHex(0) + "\t12\t2026-03-04 05:06:07.890\t90\t18\terror"
                                + "\t0\t1\t1\t0\t1\t250\t2026-03-04 05:06:17.890\tfalse",
                        SampleLinks.replayHex(1) + "\t12\t2026-03-04 05:06:07.890\t90\t18\t"
                                + "\t0\t0\t0\t0\t0\t\\N\t\\N\ttrue",
                        SampleLinks.replayHex(3) + "\t12\t2026-03-04 05:06:07.890\t\\N\t0\terror"
                                + "\t1\t0\t0\t0\t0\t\\N\t2026-03-04 05:06:17.890\tfalse");
    }

    @Test
    void shouldShowCoverageByPlatformAndReason() {
        insert(link(1, event(1, "node")), link(2, event(2, "python")), link(3, event(3, "node")));
        insert(
                SampleReplayStates.unlinked(event(4, "python").build(), UnlinkedReason.REPLAY_NOT_SEEN),
                SampleReplayStates.unclaimed(event(5, "python").build(), UnlinkedReason.NO_EVIDENCE));

        insert(SampleLinks.builder(3)
                .setEvent(event(3, "node").build())
                .setVersion(2)
                .setDeleted(true)
                .build());

        assertThat(database.queryInside(
                        "SELECT hour, project_id, origin, platform, method, outcome, errors, with_replay, named_nothing"
                                + " FROM coverage" + OF_ONE + " ORDER BY ALL"))
                .containsExactly(
                        "2026-03-04 05:00:00\t11\tbackend\tnode\treplay_id\tlinked\t1\t1\t0",
                        "2026-03-04 05:00:00\t11\tbackend\tnode\treplay_id\tretracted\t1\t0\t0",
                        "2026-03-04 05:00:00\t11\tbackend\tpython\treplay_id\tlinked\t1\t1\t0",
                        "2026-03-04 05:00:00\t11\tbackend\tpython\treplay_id\treplay not seen\t1\t0\t0",
                        "2026-03-04 05:00:00\t11\tbackend\tpython\tunknown\tno evidence\t1\t0\t1");
    }

    @Test
    void shouldShowAddressesInSentryAtTheMomentOfTheEvent() {
        insert(
                link(0, event(0, "node").setGroupId(5L).setTraceId(SampleLinks.id(0x7777))),
                link(1, event(1, "node").setTimestampMs(SampleLinks.event(1).getReceivedMs() - 3_600_000)));
        String links = "SELECT replay_url, event_url, issue_url, trace_url FROM links" + OF_ONE + " ORDER BY event_id";
        String replays = "SELECT replay_url FROM replays_readable" + OF_ONE;
        String acme = "https://sentry.example.com/it's/organizations/acme/";
        String replay = acme + "replays/" + SampleLinks.replayHex(0) + "/";
        assertThat(database.queryInside(links)).containsExactly("\t\t\t", "\t\t\t");
        assertThat(database.queryInside(replays)).containsExactly("");

        addresses(new SentryPages(
                "https://sentry.example.com/it's", Map.of(1L, "acme", 2L, "other"), "replays/{id}/", "traces/{id}/"));
        try {
            assertThat(database.queryInside(links))
                    .as("the second event was before its replay, and has neither an issue nor a trace")
                    .extracting(row -> row.replace("\\'", "'"))
                    .containsExactly(
                            replay + "?t=10\t" + acme + "issues/5/events/" + SampleLinks.hex(0) + "/\t" + acme
                                    + "issues/5/\t" + acme + "traces/" + SampleLinks.hex(0x7777) + "/",
                            replay + "?t=0\t\t\t");
            assertThat(database.queryInside(replays))
                    .extracting(row -> row.replace("\\'", "'"))
                    .containsExactly(replay);
            assertThat(QUERIES.ask(database, "addresses of errors", Map.of()))
                    .anyMatch(row -> row.contains("/issues/5/events/" + SampleLinks.hex(0) + "/"));
        } finally {
            addresses(SentryPages.NONE);
        }
        assertThat(database.queryInside(links)).containsExactly("\t\t\t", "\t\t\t");
    }

    @Test
    void shouldShowNoAddressesOfAnOrganizationWithoutASlug() {
        insert(link(0, event(0, "node").setGroupId(5L)));

        addresses(new SentryPages("https://sentry.example.com", Map.of(2L, "other"), "replays/{id}/", "traces/{id}/"));

        try {
            assertThat(database.queryInside("SELECT replay_url, event_url, issue_url, trace_url FROM links" + OF_ONE))
                    .containsExactly("\t\t\t");
        } finally {
            addresses(SentryPages.NONE);
        }
    }

    /** The views compute their columns, so that the engine must see through them to use the key. */
    @Test
    void shouldPassConditionsOnToTheKeys() {
        insert(SampleLinks.link(1));
        insert(SampleReplayStates.replayState(0));

        assertThat(explain("links", OF_ONE)).anyMatch(line -> line.contains("organization_id in [1, 1]"));
        assertThat(explain("links", " WHERE organization_id = 1 AND replay_id = '" + SampleLinks.replayHex(0) + "'"))
                .anyMatch(line -> line.contains("lower(hex(replay_id)) in ["));
        assertThat(explain("coverage", OF_ONE))
                .anyMatch(line -> line.contains("organization_id in [1, 1]") && line.contains("toDate(hour) in ["));
        assertThat(explain("replays_readable", OF_ONE))
                .anyMatch(line -> line.contains("organization_id in [1, 1]") && line.contains("day in ["));
    }

    /** The columns of a materialized view are those of the table that it fills. */
    @Test
    void shouldHaveACommentOnEveryTableViewAndColumn() {
        assertThat(database.queryInside(
                        "SELECT name FROM system.tables WHERE database = currentDatabase() AND comment = ''"
                                + " AND name NOT LIKE '.%'"))
                .isEmpty();
        assertThat(database.queryInside("SELECT table, name FROM system.columns WHERE database = currentDatabase()"
                        + " AND comment = '' AND position(table, '_from_') = 0"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"errors with a replay", "worst replays", "coverage by platform"})
    void shouldAnswerAsThePageShows(String query) {
        insert(SampleReplayStates.replayState(0), SampleReplayStates.replayState(1));
        insert(
                link(0, event(0, "node").setRelease("shop@1.2.3").setLevel("fatal")),
                link(1, event(1, "node").setRelease("shop@1.2.3")),
                link(
                        2,
                        event(2, "node")
                                .setRelease("shop@1.2.3")
                                .setType("transaction")
                                .setDurationMs(1240L)),
                link(3, event(3, "node").setRelease("shop@1.2.3")),
                link(4, event(4, "python").setRelease("mail@7").setProjectId(14)));
        insert(
                SampleReplayStates.unlinked(
                        event(5, "python").setProjectId(14).build(), UnlinkedReason.REPLAY_NOT_SEEN),
                SampleReplayStates.unclaimed(event(6, "python").setProjectId(14).build(), UnlinkedReason.NO_EVIDENCE));

        Map<String, ?> parameters = query.startsWith("coverage")
                ? Map.of("from", "2026-03-04 00:00:00", "until", "2026-03-05 00:00:00")
                : Map.of();

        assertThat(QUERIES.answered()).contains(query);
        assertThat(QUERIES.show(database, query, parameters)).containsExactlyElementsOf(QUERIES.answer(query));
    }

    private static void addresses(SentryPages pages) {
        new Migrations(database.clickHouse(), pages).apply(step -> {});
    }

    private static List<String> explain(String view, String where) {
        return database.queryInside("EXPLAIN indexes = 1 SELECT * FROM " + view + where);
    }

    private static EventSummary.Builder event(long number, String platform) {
        return SampleLinks.event(number).setPlatform(platform);
    }

    private static Link link(long number, EventSummary.Builder event) {
        return SampleLinks.builder(number).setEvent(event.build()).build();
    }
}
