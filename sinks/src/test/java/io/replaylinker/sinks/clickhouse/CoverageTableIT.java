package io.replaylinker.sinks.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Link;
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
    void shouldTellOfEachEventWhyItHasNoLink() {
        insert(SampleLives.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        assertThat(QUERIES.ask(
                        database,
                        "event outcome",
                        Map.of("event", SampleLinks.hex(1).substring(0, 8))))
                .containsExactly(SampleLinks.hex(1) + "\t11\treplay_id\tREPLAY_NOT_SEEN\t" + SampleLinks.hex(0x9999));
    }

    @Test
    void shouldCountALinkInsteadOfTheVerdictBefore() {
        insert(SampleLives.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        insert(SampleLinks.link(1));

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1");
    }

    @Test
    void shouldCountALinkAlsoWhenTheVerdictBeforeComesLater() {
        insert(SampleLinks.link(1));

        insert(SampleLives.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1");
    }

    @Test
    void shouldCountTheReasonWhenALinkWasTakenBack() {
        insert(SampleLinks.link(1), SampleLinks.link(2));

        insert(SampleLinks.retracted(1), SampleLinks.retracted(2));
        insert(SampleLives.unlinked(1, UnlinkedReason.ARCHIVED));

        assertThat(coverage()).containsExactly("replay_id\tARCHIVED\t1", "replay_id\tTAKEN_BACK\t1");
    }

    @Test
    void shouldCountTheLinkThatHoldsWhateverTheVersionOfOneThatWasTakenBack() {
        Link better = SampleLinks.builder(1)
                .setReplayId(SampleLinks.replay(50))
                .setVersion(3)
                .build();
        Link worse = SampleLinks.builder(1).setVersion(9).setDeleted(true).build();

        insert(better, worse);

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1");
    }

    @Test
    void shouldLeaveOutAnEventThatWasDeleted() {
        insert(SampleLinks.link(1), SampleLinks.link(2));
        insert(SampleLives.unlinked(1, UnlinkedReason.REPLAY_NOT_SEEN));

        insert(SampleLinks.builder(1)
                .setVersion(Long.MAX_VALUE)
                .setDeleted(true)
                .build());

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1");
    }

    @Test
    void shouldCountErrorsOfBackendsAlone() {
        EventSummary transaction = SampleLinks.event(1).setType("transaction").build();
        EventSummary frontend = SampleLinks.event(2).setPlatform("javascript").build();
        insert(
                SampleLinks.builder(1).setEvent(transaction).build(),
                SampleLinks.builder(2).setEvent(frontend).build(),
                SampleLinks.link(3));

        insert(
                SampleLives.unlinked(transaction, UnlinkedReason.AMBIGUOUS),
                SampleLives.unlinked(frontend, UnlinkedReason.AMBIGUOUS));

        assertThat(coverage()).containsExactly("replay_id\tLINKED\t1");
    }

    @Test
    void shouldChooseOneOfTwoReasonsOfTheSameMomentInAnyOrder() {
        insert(
                SampleLives.unlinked(1, UnlinkedReason.AMBIGUOUS),
                SampleLives.unlinked(1, UnlinkedReason.SHARED_TRACE),
                SampleLives.unlinked(2, UnlinkedReason.SHARED_TRACE),
                SampleLives.unlinked(2, UnlinkedReason.AMBIGUOUS));

        assertThat(coverage()).hasSize(1).first().asString().endsWith("\t2");
    }

    @Test
    void shouldReckonAnHourAnewAsAWhole() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);
        EventSummary one =
                SampleLinks.event(1).setReceivedMs(hour.toEpochMilli()).build();
        EventSummary two =
                SampleLinks.event(2).setReceivedMs(hour.toEpochMilli() + 1).build();
        insert(
                SampleLives.unlinked(one, UnlinkedReason.AMBIGUOUS),
                SampleLives.unlinked(two, UnlinkedReason.REPLAY_NOT_SEEN));
        reckon();
        assertThat(coverageByHour(hour)).containsExactly("AMBIGUOUS\t1", "REPLAY_NOT_SEEN\t1");
        insert(SampleLinks.builder(1).setEvent(one).build());

        reckon();
        reckon();

        assertThat(coverageByHour(hour)).containsExactly("LINKED\t1", "REPLAY_NOT_SEEN\t1");
    }

    private List<String> coverage() {
        return QUERIES.ask(database, "coverage", Map.of("from", "2026-03-04 00:00:00", "until", "2026-03-05 00:00:00"));
    }

    private List<String> coverageByHour(Instant hour) {
        String from = hour.toString().substring(0, 19).replace('T', ' ');
        String until = hour.plusSeconds(3_600).toString().substring(0, 19).replace('T', ' ');
        return QUERIES.ask(database, "coverage by hour", Map.of("from", from, "until", until)).stream()
                .map(row -> row.split("\t", 3)[2])
                .toList();
    }

    /** Has the view run now, which it does by itself every hour. */
    private void reckon() {
        String view = "`" + database.clickHouse().settings().database() + "`.link_coverage_hourly_from_outcomes";
        database.execute("SYSTEM REFRESH VIEW " + view);
        database.execute("SYSTEM WAIT VIEW " + view);
    }
}
