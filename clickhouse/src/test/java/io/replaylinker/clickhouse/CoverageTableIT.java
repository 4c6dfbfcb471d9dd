package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What became of each event, and what share of them has a replay. */
class CoverageTableIT extends OnTables {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();

    @Test
    void shouldReportOfEachEventWhyItHasNoLink() {
        insert(SampleReplayStates.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        assertThat(QUERIES.ask(
                        database,
                        "event outcome",
                        Map.of("event", SampleLinks.hex(1).substring(0, 8))))
                .singleElement()
                .asString()
                .startsWith(SampleLinks.hex(1) + "\t11\treplay_id\tREPLAY_NOT_SEEN\t" + SampleLinks.hex(0x9999)
                        + "\t1\t0\t");
    }

    @Test
    void shouldCountALinkInsteadOfTheVerdictBefore() {
        insert(SampleReplayStates.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        insert(SampleLinks.link(1));

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1\t0");
    }

    @Test
    void shouldCountALinkAlsoWhenTheVerdictBeforeComesLater() {
        insert(SampleLinks.link(1));

        insert(SampleReplayStates.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1\t0");
    }

    @Test
    void shouldCountTheReasonWhenALinkWasRetracted() {
        insert(SampleLinks.link(1), SampleLinks.link(2));

        insert(SampleLinks.retracted(1), SampleLinks.retracted(2));
        insert(SampleReplayStates.unlinked(1, UnlinkedReason.ARCHIVED));

        assertThat(coverage()).containsExactly("replay_id\tARCHIVED\t1\t0", "replay_id\tTAKEN_BACK\t1\t0");
    }

    @Test
    void shouldCountTheLinkThatHoldsWhateverTheVersionOfOneThatWasRetracted() {
        Link better = SampleLinks.builder(1)
                .setReplayId(SampleLinks.replay(50))
                .setVersion(3)
                .build();
        Link worse = SampleLinks.builder(1).setVersion(9).setDeleted(true).build();

        insert(better, worse);

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1\t0");
    }

    @Test
    void shouldLeaveOutAnEventThatWasDeleted() {
        insert(SampleLinks.link(1), SampleLinks.link(2));
        insert(SampleReplayStates.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        insert(SampleLinks.builder(1)
                .setVersion(Long.MAX_VALUE)
                .setDeleted(true)
                .build());

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1\t0");
    }

    @Test
    void shouldCountErrorsOfBackendsAlone() {
        EventSummary transaction = SampleLinks.event(1).setType("transaction").build();
        EventSummary frontend = SampleLinks.event(2).setPlatform("javascript").build();
        EventSummary span = SampleLinks.event(4).setType("span").build();
        EventSummary feedback =
                SampleLinks.event(5).setType("feedback").setOccurrence(true).build();
        List<EventSummary> others = List.of(transaction, frontend, span, feedback);
        insertLinks(others.stream()
                .map(event -> SampleLinks.builder(1).setEvent(event).build())
                .toList());
        insert(SampleLinks.link(3));

        insertUnlinked(others.stream()
                .map(event -> SampleReplayStates.unlinked(event, UnlinkedReason.SHARED_TRACE))
                .toList());

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1\t0");
    }

    @Test
    void shouldCountEveryBackendErrorWhetherItNamesAReplayOrNot() {
        insert(SampleLinks.link(1), SampleLinks.link(2));
        insert(SampleReplayStates.unlinked(3, UnlinkedReason.REPLAY_NOT_SEEN));

        insert(
                SampleReplayStates.unclaimed(4, UnlinkedReason.NO_EVIDENCE),
                SampleReplayStates.unclaimed(5, UnlinkedReason.NO_EVIDENCE),
                SampleReplayStates.unclaimed(6, UnlinkedReason.UNRECORDED_VISIT),
                SampleReplayStates.unclaimed(1, UnlinkedReason.SHARED_TRACE));

        assertThat(ask("coverage")).containsExactly("2\t6\t33.3\t3");
        assertThat(coverage())
                .containsExactly(
                        "replay_id\tLINKED\t2\t0",
                        "replay_id\tREPLAY_NOT_SEEN\t1\t0",
                        "trace\tUNRECORDED_VISIT\t1\t1",
                        "unknown\tNO_EVIDENCE\t2\t2");
    }

    @Test
    void shouldCountALinkByItsMethodWhateverTheEventNamed() {
        List<Method> methods = List.of(Method.ERROR_ID, Method.SPAN, Method.TRACE, Method.USER);
        for (Method method : methods) {
            EventSummary event = SampleLinks.event(methods.indexOf(method)).build();
            insert(SampleReplayStates.unclaimed(event, UnlinkedReason.NO_EVIDENCE));
            insert(SampleLinks.builder(1).setEvent(event).setMethod(method).build());
        }

        assertThat(coverage())
                .containsExactly(
                        "error_id\tLINKED\t1\t0", "span\tLINKED\t1\t0", "trace\tLINKED\t1\t0", "user\tLINKED\t1\t0");
    }

    @Test
    void shouldCountAnErrorThatNamesNothingAsSuchAfterItsLinkWasRetracted() {
        insert(SampleLinks.builder(1).setMethod(Method.TRACE).build());

        insert(SampleLinks.builder(1)
                .setMethod(Method.TRACE)
                .setVersion(2)
                .setDeleted(true)
                .build());
        insert(SampleReplayStates.unclaimed(1, UnlinkedReason.SHARED_TRACE));

        assertThat(coverage()).containsExactly("trace\tSHARED_TRACE\t1\t1");
    }

    @Test
    void shouldChooseOneOfTwoReasonsOfTheSameMomentInAnyOrder() {
        insert(
                SampleReplayStates.unlinked(1, UnlinkedReason.OUTSIDE_REPLAY),
                SampleReplayStates.unlinked(1, UnlinkedReason.SHARED_TRACE),
                SampleReplayStates.unlinked(2, UnlinkedReason.SHARED_TRACE),
                SampleReplayStates.unlinked(2, UnlinkedReason.OUTSIDE_REPLAY));

        assertThat(coverage()).hasSize(1).first().asString().endsWith("\t2\t0");
    }

    @Test
    void shouldRefreshAnHourAsAWhole() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);
        EventSummary one =
                SampleLinks.event(1).setReceivedMs(hour.toEpochMilli()).build();
        EventSummary two =
                SampleLinks.event(2).setReceivedMs(hour.toEpochMilli() + 1).build();
        EventSummary three =
                SampleLinks.event(3).setReceivedMs(hour.toEpochMilli() + 2).build();
        insert(
                SampleReplayStates.unlinked(one, UnlinkedReason.OUTSIDE_REPLAY),
                SampleReplayStates.unlinked(two, UnlinkedReason.REPLAY_NOT_SEEN),
                SampleReplayStates.unclaimed(three, UnlinkedReason.TRACE_NOT_SEEN));
        refreshHourly();
        assertThat(coverageByHour(hour))
                .containsExactly("OUTSIDE_REPLAY\t1\t0", "REPLAY_NOT_SEEN\t1\t0", "TRACE_NOT_SEEN\t1\t1");
        insert(SampleLinks.builder(1).setEvent(one).build());

        refreshHourly();
        refreshHourly();

        assertThat(coverageByHour(hour))
                .containsExactly("LINKED\t1\t0", "REPLAY_NOT_SEEN\t1\t0", "TRACE_NOT_SEEN\t1\t1");
    }

    private List<String> coverage() {
        return ask("coverage by reason");
    }

    private List<String> ask(String query) {
        return QUERIES.ask(database, query, Map.of("from", "2026-03-04 00:00:00", "until", "2026-03-05 00:00:00"));
    }

    private List<String> coverageByHour(Instant hour) {
        String from = hour.toString().substring(0, 19).replace('T', ' ');
        String until = hour.plusSeconds(3_600).toString().substring(0, 19).replace('T', ' ');
        return QUERIES.ask(database, "coverage by hour", Map.of("from", from, "until", until)).stream()
                .map(row -> row.split("\t", 3)[2])
                .toList();
    }

    /** Has the view run now, which it does by itself every hour. */
    private void refreshHourly() {
        String view = "`" + database.clickHouse().settings().database() + "`.link_coverage_hourly_from_outcomes";
        database.execute("SYSTEM REFRESH VIEW " + view);
        database.execute("SYSTEM WAIT VIEW " + view);
    }
}
