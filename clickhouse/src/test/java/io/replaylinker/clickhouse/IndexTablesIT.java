package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
import io.replaylinker.testkit.DocumentedBlock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each table answers by the documented query, and that a link which was taken back is in no answer. */
class IndexTablesIT extends OnTables {

    private static final DocumentedQueries QUERIES = new DocumentedQueries();
    private static final String TRACE = SampleLinks.hex(0x7777);
    private static final String REPLAY = SampleLinks.replayHex(0);
    private static final String OTHER_REPLAY = SampleLinks.replayHex(10);
    private static final String ROUTE = "GET /cart/{id}?'\\";

    /** Each a query, and what it is asked for: all of them lead to both replays. */
    private static final Map<String, Map<String, ?>> QUESTIONS = Map.of(
            "issue", Map.of("issue", 5),
            "transaction", Map.of("transaction", ROUTE, "project", 11),
            "trace", Map.of("traces", List.of(TRACE, SampleLinks.hex(0x1))),
            "replays with backend errors", Map.of("replays", List.of(REPLAY, OTHER_REPLAY)),
            "event", Map.of("event", "00000000"));

    /** Two events of one replay and one of another; same issue, route and trace. */
    @BeforeEach
    void insertLinks() {
        insert(SampleReplayStates.replayState(0), SampleReplayStates.replayState(10));
        insert(link(0), link(1), link(30));
    }

    @Test
    void shouldReturnTheReplaysOfAnIssueTheNewestFirst() {
        Link newer = SampleLinks.builder(60)
                .setEvent(event(60))
                .setReplayStartedMs(SampleLinks.START_MS + 3_600_000)
                .build();
        insert(newer);

        assertThat(ask("issue")).extracting(row -> row.substring(0, 32)).first().isEqualTo(SampleLinks.replayHex(20));
        assertThat(ask("issue"))
                .contains(REPLAY + "\t12\t2026-03-04 05:06:07.890\t2\t4\t2026-03-04 05:06:17.890")
                .hasSize(3);
        assertThat(QUERIES.ask(database, "issue", Map.of("issue", 6))).isEmpty();
        assertThat(QUERIES.ask(database, "issue", Map.of("issue", 5, "organization", 2)))
                .isEmpty();
    }

    @Test
    void shouldLeaveOutReplaysThatAUserDeletedByTheDocumentedCondition() {
        insert(SampleReplayStates.builder(0).setArchived(true).build());
        String condition = DocumentedBlock.of("docs/queries.md", "HAVING (replay_id, replay_project) GLOBAL NOT IN (")
                .text();

        assertThat(ask("issue")).hasSize(2);
        assertThat(QUERIES.askWith(database, "issue", condition, Map.of("issue", 5)))
                .singleElement()
                .asString()
                .startsWith(OTHER_REPLAY);
    }

    @Test
    void shouldReturnTheReplaysOfATransactionOfAProject() {
        assertThat(ask("transaction"))
                .containsExactly(
                        REPLAY + "\t12\t2026-03-04 05:06:07.890\t2\t4\t2026-03-04 05:06:17.890",
                        OTHER_REPLAY + "\t12\t2026-03-04 05:06:07.890\t1\t4\t2026-03-04 05:06:17.890");
        assertThat(QUERIES.ask(database, "transaction", Map.of("transaction", "GET /cart", "project", 11)))
                .isEmpty();
    }

    @Test
    void shouldReturnTheReplaysOfTraces() {
        assertThat(ask("trace"))
                .containsExactly(
                        TRACE + "\t" + REPLAY + "\t12\t2026-03-04 05:06:07.890\t2\t4",
                        TRACE + "\t" + OTHER_REPLAY + "\t12\t2026-03-04 05:06:07.890\t1\t4");
    }

    @Test
    void shouldReturnTheReplaysLongerThanAMinuteWithABackendError() {
        insert(
                SampleReplayStates.builder(20)
                        .setLastSeenMs(SampleLinks.START_MS + 59_999)
                        .build(),
                SampleReplayStates.replayState(21));
        insert(link(60));

        List<String> indexed = QUERIES.ask(database, "replays", Map.of()).stream()
                .map(row -> row.substring(0, 32))
                .toList();

        assertThat(indexed).containsExactly(REPLAY, OTHER_REPLAY);
        assertThat(ask("replays with backend errors"))
                .containsExactly(
                        REPLAY + "\t2\t4\t2026-03-04 05:06:17.890\t2026-03-04 05:06:17.890",
                        OTHER_REPLAY + "\t1\t4\t2026-03-04 05:06:17.890\t2026-03-04 05:06:17.890");
    }

    @Test
    void shouldReturnTheEventsOfAReplay() {
        assertThat(QUERIES.ask(database, "replay", Map.of("replay", REPLAY)))
                .extracting(row -> row.substring(0, 32))
                .containsExactly(SampleLinks.hex(0), SampleLinks.hex(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"issue", "transaction", "trace", "replays with backend errors"})
    void shouldForgetALinkThatWasRetracted(String query) {
        insert(retracted(0), retracted(30));

        assertThat(ask(query)).singleElement().asString().contains(REPLAY).doesNotContain(OTHER_REPLAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issue", "transaction", "trace", "replays with backend errors", "event"})
    void shouldForgetLinksWhoseRetractionCameFirst(String query) {
        insert(retracted(90));
        insert(link(90));
        insert(retracted(0), retracted(1), retracted(30));

        assertThat(ask(query)).isEmpty();
    }

    @Test
    void shouldIndexNoReplayOfWhichOnlyRetractionsCame() {
        insert(SampleReplayStates.replayState(30));

        insert(retracted(90));

        assertThat(database.queryInside(
                        "SELECT max(kinds) FROM replays WHERE replay_id = unhex('" + SampleLinks.replayHex(30) + "')"))
                .containsExactly("0");
    }

    /** Its older version stands under the day before. */
    @ParameterizedTest
    @ValueSource(strings = {"issue", "transaction"})
    void shouldReturnALinkOnceWhoseReplayStartedTheDayBefore(String query) {
        long dayLater = SampleLinks.START_MS + 86_400_000;
        insert(SampleLinks.builder(90)
                .setEvent(event(90))
                .setReplayStartedMs(dayLater)
                .build());
        insert(SampleLinks.builder(90).setEvent(event(90)).setVersion(2).build());

        assertThat(ask(query))
                .filteredOn(row -> row.startsWith(SampleLinks.replayHex(30)))
                .singleElement()
                .asString()
                .contains("\t2026-03-04 05:06:07.890\t1\t");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issue", "transaction"})
    void shouldForgetALinkThatWasRetractedWithAnotherDayOfStart(String query) {
        insert(SampleLinks.builder(90)
                .setEvent(event(90))
                .setReplayStartedMs(SampleLinks.START_MS + 86_400_000)
                .build());
        assertThat(ask(query)).anyMatch(row -> row.startsWith(SampleLinks.replayHex(30)));

        insert(retracted(90));

        assertThat(ask(query)).noneMatch(row -> row.startsWith(SampleLinks.replayHex(30)));
    }

    @Test
    void shouldAnswerForTheReplayThatAnEventWasMovedTo() {
        insert(retracted(30));

        insert(SampleLinks.builder(30)
                .setEvent(event(30))
                .setReplayId(SampleLinks.replay(0))
                .setVersion(3)
                .build());

        Stream.of("issue", "transaction", "trace", "replays with backend errors")
                .forEach(query -> assertThat(ask(query))
                        .as(query)
                        .singleElement()
                        .asString()
                        .contains(REPLAY)
                        .contains("\t3\t"));
    }

    private List<String> ask(String query) {
        return QUERIES.ask(database, query, QUESTIONS.getOrDefault(query, Map.of()));
    }

    private static Link link(long number) {
        return SampleLinks.builder(number).setEvent(event(number)).build();
    }

    private static Link retracted(long number) {
        return SampleLinks.builder(number)
                .setEvent(event(number))
                .setVersion(2)
                .setDeleted(true)
                .build();
    }

    private static EventSummary event(long number) {
        return SampleLinks.event(number)
                .setGroupId(5L)
                .setTransaction(ROUTE)
                .setTraceId(SampleLinks.id(0x7777))
                .setPlatform("node")
                .build();
    }
}
