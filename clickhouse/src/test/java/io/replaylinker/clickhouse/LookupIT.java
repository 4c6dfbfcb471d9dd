package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.EventOutcome;
import io.replaylinker.clickhouse.query.EventStory;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IdPrefix;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.clickhouse.query.ReplayStory;
import io.replaylinker.clickhouse.query.TraceStory;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.testkit.DocumentedBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A single thing asked for by its id, whole or by its first digits. */
class LookupIT extends OnLookup {

    @Test
    void shouldReturnAReplaysStateAndItsEventsInTheOrderOfTime() {
        insert(SampleReplayStates.replayState(0));
        insert(linkOnTrace(1, 30_000), linkOnTrace(2, 10_000), linkOnTrace(0, 20_000));

        ReplayStory story = found(lookup.replay(new IdPrefix(REPLAY), ANY));

        assertThat(story.replay().length()).isEqualTo(Duration.ofSeconds(90));
        assertThat(story.replay().segments()).isEqualTo(18);
        assertThat(story.replay().organizationId()).isEqualTo(1);
        assertThat(story.events().rows())
                .extracting(LinkedEvent::eventId)
                .containsExactly(SampleLinks.hex(2), SampleLinks.hex(0), SampleLinks.hex(1));
        assertThat(story.events().rows())
                .extracting(LinkedEvent::offset)
                .first()
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(story.events().next()).isNull();
    }

    @Test
    void shouldAnswerTheQueriesOfTheHandbook() {
        insert(linkOnTrace(1, 30_000));
        String[] queries = DocumentedBlock.of("docs/formats.md", "-- the replay of an event")
                .text()
                .replace("80febf0fc6694c97a19f6d0dcb535556", REPLAY)
                .replace("1102497293404247906e36789ab85c79", SampleLinks.hex(1))
                .split(";\\s*", -1);

        assertThat(queries).hasSize(3);
        assertThat(database.queryInside(queries[0])).singleElement().asString().contains(SampleLinks.hex(1));
        assertThat(database.queryInside(queries[1])).singleElement().asString().startsWith(REPLAY);
    }

    @Test
    void shouldKeepEveryFieldOfAnEvent() {
        insert(SampleLinks.fullLink());
        Instant start = Instant.ofEpochMilli(SampleLinks.START_MS);

        EventStory story = found(lookup.event(new IdPrefix(SampleLinks.hex(7)), ANY));

        assertThat(story.links())
                .containsExactly(new LinkedEvent(
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
                        Instant.ofEpochMilli(RECORD_MS)));
    }

    @Test
    void shouldFindATransactionByAnyName() {
        insert(SampleLinks.fullLink());

        assertThat(found(lookup.transaction("GET /prix/{id}?q='é\n\t\\", ANY)).rows())
                .extracting(hit -> hit.replay().replayId())
                .containsExactly(SampleLinks.hex(0x8888));
        assertThat(lookup.transaction("GET /prix", ANY)).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void shouldGoThroughAReplayByPages() {
        insert(linkOnTrace(0, 10_000), linkOnTrace(1, 10_000), linkOnTrace(2, 5_000));

        ReplayStory first = found(lookup.replay(new IdPrefix(REPLAY), Filter.page(2)));
        ReplayStory second = found(lookup.replay(
                new IdPrefix(REPLAY), Filter.page(2).after(first.events().next())));

        assertThat(first.events().rows())
                .extracting(LinkedEvent::eventId)
                .containsExactly(SampleLinks.hex(2), SampleLinks.hex(0));
        assertThat(second.events().rows()).extracting(LinkedEvent::eventId).containsExactly(SampleLinks.hex(1));
        assertThat(second.events().next()).isNull();
    }

    @Test
    void shouldAnswerAPrefixOfSeveralWithTheCandidates() {
        insert(linkOnTrace(0, 10_000), linkOnTrace(1, 10_000));

        assertThat(candidates(lookup.event(new IdPrefix("00000000"), ANY)))
                .containsExactly(SampleLinks.hex(0), SampleLinks.hex(1));
        assertThat(found(lookup.event(new IdPrefix("0000000000000001"), ANY)).eventId())
                .isEqualTo(SampleLinks.hex(1));
    }

    @Test
    void shouldFindAStreamedSpanByItsSpanIdAndShowThat() {
        String span = "1a2b3c4d5e6f7081";
        Id id = new Id(HexFormat.of().parseHex(span + "0".repeat(16)));
        insert(link(SampleLinks.event(1).setEventId(id).setType("span"), 1));

        for (String digits : List.of(span, span.substring(0, 8), span + "0".repeat(16))) {
            EventStory story = found(lookup.event(new IdPrefix(digits), ANY));

            assertThat(story.shownId()).isEqualTo(span);
            assertThat(story.eventId()).isEqualTo(span + "0".repeat(16));
            assertThat(story.links())
                    .extracting(LinkedEvent::shownId, LinkedEvent::kind)
                    .containsExactly(tuple(span, "backend call"));
        }
    }

    @Test
    void shouldReturnTheReplaysOfATraceWithItsEvents() {
        insert(SampleReplayStates.replayState(0));
        insert(linkOnTrace(0, 10_000), linkOnTrace(1, 20_000), linkOnTrace(30, 10_000));

        TraceStory story =
                found(lookup.trace(new IdPrefix(SampleLinks.hex(0x7777).substring(0, 16)), ANY));

        assertThat(story.traceId()).isEqualTo(SampleLinks.hex(0x7777));
        assertThat(story.replays().rows())
                .extracting(hit -> hit.replay().replayId())
                .containsExactly(REPLAY, SampleLinks.replayHex(10));
        assertThat(lookup.withEvents(story.traceId(), story.replays().rows())
                        .get(0)
                        .first())
                .extracting(LinkedEvent::eventId)
                .containsExactly(SampleLinks.hex(0), SampleLinks.hex(1));
    }

    @Test
    void shouldGoThroughTheReplaysOfATraceByPages() {
        Link old = linkOnTrace(60, 10_000);
        old.setReplayStartedMs(SampleLinks.START_MS - Duration.ofDays(40).toMillis());
        insert(linkOnTrace(0, 10_000), linkOnTrace(30, 10_000), old);
        IdPrefix trace = new IdPrefix(SampleLinks.hex(0x7777));
        Filter two = Filter.page(2);

        TraceStory first = found(lookup.trace(trace, two));
        TraceStory second = found(lookup.trace(trace, two.after(first.replays().next())));

        assertThat(first.replays().rows())
                .extracting(hit -> hit.replay().replayId())
                .containsExactly(REPLAY, SampleLinks.replayHex(10));
        assertThat(second.replays().rows())
                .extracting(hit -> hit.replay().replayId())
                .containsExactly(SampleLinks.replayHex(20));
        assertThat(second.replays().next()).isNull();
    }

    @Test
    void shouldGoThroughAnOrganizationThatGotItsFirstLinkAfterTheQuestionBefore() {
        insert(linkOnTrace(0, 10_000));
        insert(SampleReplayStates.builder(3).setOrganizationId(2).build());
        assertThat(found(lookup.issue(5, ANY)).replays().rows()).hasSize(1);
        Link other = linkOnTrace(30, 10_000);
        other.getEvent().setOrganizationId(2);
        insert(other);

        assertThat(found(lookup.issue(5, ANY)).replays().rows())
                .extracting(hit -> hit.replay().organizationId())
                .containsExactlyInAnyOrder(1L, 2L);
    }

    @Test
    void shouldReturnEventsOfATraceThatHasVeryManyReplays() {
        insertLinks(LongStream.range(0, 1_200)
                .mapToObj(number -> linkOnTrace(number, number))
                .toList());

        TraceStory story = found(lookup.trace(new IdPrefix(SampleLinks.hex(0x7777)), Filter.page(2)));

        assertThat(lookup.withEvents(story.traceId(), story.replays().rows()))
                .extracting(hit -> hit.replay().replayId(), hit -> hit.first().size())
                .containsExactly(tuple(REPLAY, 3), tuple(SampleLinks.replayHex(1), 3));
    }

    @Test
    void shouldReturnWhatBecameOfAnEventWithoutAReplay() {
        insert(SampleReplayStates.unlinked(5, UnlinkedReason.REPLAY_NOT_SEEN));
        insert(SampleReplayStates.replayState(0));

        EventStory story = found(lookup.event(new IdPrefix(SampleLinks.hex(5)), ANY));

        assertThat(story.links()).isEmpty();
        assertThat(story.outcomes())
                .extracting(EventOutcome::outcome, EventOutcome::claimedReplayId)
                .containsExactly(tuple("REPLAY_NOT_SEEN", SampleLinks.hex(0x9999)));
    }

    @Test
    void shouldDistinguishAnErrorThatNamesNothingFromAClaim() {
        insert(SampleReplayStates.unclaimed(5, UnlinkedReason.NO_EVIDENCE));

        EventStory story = found(lookup.event(new IdPrefix(SampleLinks.hex(5)), ANY));

        assertThat(story.outcomes())
                .extracting(EventOutcome::outcome, EventOutcome::claimed, EventOutcome::claimedReplayId)
                .containsExactly(tuple("NO_EVIDENCE", false, ""));
    }

    @Test
    void shouldReportHowFreshItIs() {
        assertThat(lookup.issue(5, ANY).freshness().newest()).isNull();
        insert(linkOnTrace(0, 10_000));

        assertThat(lookup.issue(5, ANY).freshness().newest()).isEqualTo(Instant.ofEpochMilli(RECORD_MS));
        assertThat(lookup.issue(5, ANY).freshness().age()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void shouldLookIntoTheOrganizationThatIsAskedFor() {
        insert(linkOnTrace(0, 10_000));

        assertThat(lookup.issue(5, ANY.of(2L))).isInstanceOf(Answer.Unknown.class);
        assertThat(found(lookup.issue(5, ANY.of(1L))).replays().rows())
                .extracting(ReplayHit::events)
                .containsExactly(1L);
    }

    private static <T> List<String> candidates(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Ambiguous.class);
        return ((Answer.Ambiguous<T>) answer).candidates();
    }
}
