package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Lookups;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction and the performance issue that was found in it: one event id, one trace, one replay, two links. */
class SharedIdIT extends OnLookup {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();
    private static final IdPrefix EVENT = new IdPrefix(SampleLinks.hex(1));

    @BeforeEach
    void insertBoth() {
        insert(SampleReplayStates.replayState(0));
        insert(of("transaction", false), of("performance", true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay_links", "replays_by_issue", "replays_by_transaction", "replays_by_trace"})
    void shouldKeepBothLinksInEachTable(String table) {
        database.execute("OPTIMIZE TABLE `" + database.clickHouse().settings().database() + "`." + table + " FINAL");

        assertThat(database.queryInside("SELECT kind FROM " + table + " FINAL ORDER BY occurrence"))
                .containsExactly("2", "16");
    }

    @Test
    void shouldReturnBothOfAnEvent() {
        EventStory story = found(lookup.event(EVENT, ANY));

        assertThat(story.links())
                .extracting(LinkedEvent::kind, LinkedEvent::type, LinkedEvent::occurrence)
                .containsExactly(
                        tuple("backend call", "transaction", false), tuple("backend occurrence", "performance", true));
    }

    @Test
    void shouldReturnBothOfAReplayAlsoWhereAPageEndsBetweenThem() {
        ReplayStory first = found(lookup.replay(new IdPrefix(REPLAY), Filter.page(1)));
        ReplayStory second = found(lookup.replay(
                new IdPrefix(REPLAY), Filter.page(1).after(first.events().next())));

        assertThat(types(first.events())).containsExactly("transaction");
        assertThat(types(second.events())).containsExactly("performance");
        assertThat(second.events().next()).isNull();
    }

    @Test
    void shouldCountBothForAnIssueATransactionAndATrace() {
        try (Lookup there = Lookups.few(database.clickHouse(), CLOCK, () -> 0)) {
            for (Lookup each : List.of(lookup, there)) {
                assertThat(found(each.issue(5, ANY)).replays().rows())
                        .extracting(ReplayHit::events)
                        .containsExactly(2L);
                assertThat(found(each.transaction("GET /cart", ANY)).rows())
                        .extracting(ReplayHit::events, ReplayHit::backendErrors, ReplayHit::worstLevel)
                        .containsExactly(tuple(2L, 0L, ""));
                assertThat(found(each.trace(new IdPrefix(SampleLinks.hex(0x7777)), ANY))
                                .replays()
                                .rows())
                        .extracting(ReplayHit::events)
                        .containsExactly(2L);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"issue", "transaction"})
    void shouldCountBothInTheDocumentedQueries(String query) {
        assertThat(QUERIES.ask(database, query, Map.of("issue", 5, "transaction", "GET /cart", "project", 11)))
                .singleElement()
                .asString()
                .startsWith(REPLAY + "\t12\t2026-03-04 05:06:07.890\t2\t0\t");
    }

    @Test
    void shouldRetractOneOfThem() {
        insert(retracted(of("transaction", false)));

        assertThat(found(lookup.event(EVENT, ANY)).links())
                .extracting(LinkedEvent::type)
                .containsExactly("performance");
        assertThat(found(lookup.issue(5, ANY)).replays().rows())
                .extracting(ReplayHit::events)
                .containsExactly(1L);
    }

    @Test
    void shouldKeepTheNewestVersionOfBothForAnotherRun() {
        insert(retracted(of("performance", true)));

        try (TableReader reader = new TableReader(database.clickHouse())) {
            assertThat(new CurrentLinks(reader).of(0, RECORD_MS))
                    .extracting(link -> link.getEvent().getOccurrence(), Link::getVersion, Link::getDeleted)
                    .containsExactlyInAnyOrder(tuple(false, 1L, false), tuple(true, 2L, true));
        }
    }

    @Test
    void shouldReportOfBothWhyTheyHaveNoLink() {
        EventSummary call = of("transaction", false).getEvent();
        EventSummary issue = of("performance", true).getEvent();
        insert(retracted(of("transaction", false)), retracted(of("performance", true)));

        insert(
                SampleReplayStates.unlinked(call, UnlinkedReason.SHARED_TRACE),
                SampleReplayStates.unlinked(issue, UnlinkedReason.OUTSIDE_REPLAY));

        EventStory story = found(lookup.event(EVENT, ANY));
        assertThat(story.links()).isEmpty();
        assertThat(story.outcomes())
                .extracting(EventOutcome::kind, EventOutcome::occurrence, EventOutcome::outcome)
                .containsExactly(tuple("call", false, "SHARED_TRACE"), tuple("occurrence", true, "OUTSIDE_REPLAY"));
    }

    /** The user deleted the replay of the transaction, which says nothing of why the issue has none. */
    @Test
    void shouldKeepTheReasonOfOneWhereTheReplayOfTheOtherWasDeleted() {
        insert(retracted(of("performance", true)));
        insert(SampleReplayStates.unlinked(of("performance", true).getEvent(), UnlinkedReason.OUTSIDE_REPLAY));

        insert(SampleReplayStates.builder(0).setArchived(true).build());

        assertThat(found(lookup.event(EVENT, ANY)).outcomes())
                .extracting(EventOutcome::kind, EventOutcome::outcome)
                .containsExactly(tuple("occurrence", "OUTSIDE_REPLAY"));
    }

    @Test
    void shouldTakeThemForNoErrors() {
        assertThat(lookup.replays(new ReplayCriteria(Duration.ZERO, true), ANY)).isInstanceOf(Answer.Unknown.class);
    }

    private static List<String> types(Page<LinkedEvent> page) {
        return page.rows().stream().map(LinkedEvent::type).toList();
    }

    private static Link of(String type, boolean occurrence) {
        return link(SampleLinks.event(1).setType(type).setOccurrence(occurrence).setTraceId(SampleLinks.id(0x7777)), 1);
    }
}
