package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IssueStory;
import io.replaylinker.clickhouse.query.Page;
import io.replaylinker.clickhouse.query.ReplayCriteria;
import io.replaylinker.clickhouse.query.ReplayHit;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.UnlinkedReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of replays, the newest first, page by page; and what share of errors has a replay. */
class ReplayListsIT extends OnLookup {

    private static final Duration DAY = Duration.ofDays(1);
    private static final ReplayCriteria LONG_WITH_ERROR = new ReplayCriteria(Duration.ofSeconds(60), true);

    @Test
    void shouldGoThroughTheReplaysOfAnIssueByPagesWithoutGapOrRepetition() {
        // Some on one day, some alone on theirs, months apart.
        long[] hoursAgo = {0, 1, 2, 26, 27, 300, 301, 2_000, 5_000};
        List<Link> links = LongStream.range(0, hoursAgo.length)
                .mapToObj(i -> link(i * 3, hoursAgo[(int) i]))
                .toList();
        insertLinks(links);
        insertLinks(links);

        List<String> pages = all(this::issue, 2);

        assertThat(pages).containsExactlyElementsOf(replays(LongStream.range(0, hoursAgo.length)));
        assertThat(all(filter -> lookup.transaction("GET /cart", filter), 4)).isEqualTo(pages);
    }

    @Test
    void shouldLeaveOutWhatStartedBefore() {
        insert(link(0, 1), link(3, 30), link(6, 200));

        Page<ReplayHit> page =
                found(issue(ANY.since(Instant.ofEpochMilli(SampleLinks.START_MS).minus(DAY))));

        assertThat(ids(page)).isEqualTo(replays(LongStream.of(0)));
    }

    @Test
    void shouldFillAPageOverRetractions() {
        insertLinks(LongStream.range(0, 40).mapToObj(i -> link(i * 3, i)).toList());
        insertLinks(
                LongStream.range(0, 35).mapToObj(i -> retracted(link(i * 3, i))).toList());

        assertThat(ids(found(issue(Filter.page(3))))).isEqualTo(replays(LongStream.of(35, 36, 37)));
    }

    @Test
    void shouldReturnAReplayOnceWhoseStartMovedOverMidnight() {
        Link before = link(0, 0);
        Link after = link(1, 0);
        after.setReplayStartedMs(SampleLinks.START_MS - DAY.toMillis());
        insert(before, after);

        assertThat(all(this::issue, 1)).isEqualTo(replays(LongStream.of(0)));
    }

    @Test
    void shouldReturnReplaysLongerThanAMinuteWithABackendError() {
        insert(
                SampleReplayStates.replayState(0),
                SampleReplayStates.builder(1)
                        .setLastSeenMs(SampleLinks.START_MS + 59_999)
                        .build(),
                SampleReplayStates.replayState(2),
                SampleReplayStates.replayState(3));
        Link frontend = link(6, 0);
        frontend.getEvent().setPlatform("javascript");
        Link feedback = link(9, 0);
        feedback.getEvent().setType("feedback");
        feedback.getEvent().setOccurrence(true);
        Link span = link(10, 0);
        span.getEvent().setType("span");
        insert(link(0, 0), link(3, 0), frontend, feedback, span);

        Page<ReplayHit> page = found(lookup.replays(LONG_WITH_ERROR, ANY.in(12L)));

        assertThat(page.rows())
                .extracting(hit -> hit.replay().replayId(), hit -> hit.replay().length(), ReplayHit::backendErrors)
                .containsExactly(tuple(SampleLinks.replayHex(0), Duration.ofSeconds(90), 1L));
        assertThat(lookup.replays(LONG_WITH_ERROR, ANY.in(13L))).isInstanceOf(Answer.Unknown.class);
        assertThat(ids(found(lookup.replays(new ReplayCriteria(Duration.ofSeconds(60), false), ANY))))
                .isEqualTo(replays(LongStream.of(0, 2, 3)));
    }

    @Test
    void shouldNotCountAnErrorThatWasRetractedForALongReplay() {
        insert(SampleReplayStates.replayState(0));
        insert(link(0, 0), retracted(link(0, 0)));

        assertThat(lookup.replays(LONG_WITH_ERROR, ANY)).isInstanceOf(Answer.Unknown.class);
    }

    /** Links keep the start that was known when they were made, where the join has forgotten the replay by the time an earlier one comes. */
    @ParameterizedTest
    @ValueSource(ints = {-1_000, 1_000})
    void shouldFindLinksAndStateOfAReplayOnBothSidesOfMidnight(int linksAfterMs) {
        long midnightMs = SampleLinks.START_MS - SampleLinks.START_MS % DAY.toMillis();
        insert(SampleReplayStates.builder(0)
                .setStartedMs(midnightMs - linksAfterMs)
                .setLastSeenMs(midnightMs + 90_000)
                .build());
        Link beyond = link(0, 0);
        beyond.setReplayStartedMs(midnightMs + linksAfterMs);
        insert(beyond);

        assertThat(found(lookup.replays(LONG_WITH_ERROR, ANY)).rows())
                .extracting(ReplayHit::backendErrors)
                .containsExactly(1L);
        assertThat(lookup.withStates(found(issue(ANY)).rows()))
                .extracting(hit -> hit.replay().length())
                .containsExactly(Duration.ofSeconds(91));
    }

    @Test
    void shouldCountAllErrorsOfALongReplayThatHasVeryMany() {
        insert(SampleReplayStates.replayState(0), SampleReplayStates.replayState(1));
        insertLinks(LongStream.range(0, 5_100)
                .mapToObj(number -> {
                    Link link = link(number, 0);
                    link.setReplayId(SampleLinks.replay(number == 0 ? 1 : 0));
                    return link;
                })
                .toList());

        assertThat(found(lookup.replays(LONG_WITH_ERROR, ANY)).rows())
                .extracting(hit -> hit.replay().replayId(), ReplayHit::backendErrors)
                .containsExactlyInAnyOrder(
                        tuple(SampleLinks.replayHex(0), 5_099L), tuple(SampleLinks.replayHex(1), 1L));
    }

    @Test
    void shouldReturnTheShareOfBackendErrorsThatHaveAReplay() {
        insert(link(0, 0), link(1, 0), link(2, 0), retracted(link(2, 0)));
        insert(
                SampleReplayStates.unlinked(3, UnlinkedReason.SHARED_TRACE),
                SampleReplayStates.unlinked(1, UnlinkedReason.SHARED_TRACE),
                SampleReplayStates.unclaimed(4, UnlinkedReason.TRACE_NOT_SEEN),
                SampleReplayStates.unclaimed(5, UnlinkedReason.NO_EVIDENCE));

        Coverage coverage = ((Answer.Found<Coverage>) lookup.coverage(new CoverageQuestion(
                        null, null, Instant.ofEpochMilli(SampleLinks.START_MS).minus(DAY), CoverageQuestion.Step.DAY)))
                .value();

        assertThat(coverage.total())
                .containsExactly(
                        new Coverage.Count("replay_id", "LINKED", 2, 0),
                        new Coverage.Count("replay_id", "SHARED_TRACE", 1, 0),
                        new Coverage.Count("replay_id", "TAKEN_BACK", 1, 0),
                        new Coverage.Count("trace", "TRACE_NOT_SEEN", 1, 1),
                        new Coverage.Count("unknown", "NO_EVIDENCE", 1, 1));
        assertThat(Coverage.errors(coverage.total())).isEqualTo(6);
        assertThat(Coverage.unclaimed(coverage.total())).isEqualTo(2);
        assertThat(Coverage.linked(coverage.total())).isEqualTo(2);
        assertThat(coverage.steps())
                .extracting(Coverage.Step::start)
                .containsExactly(Instant.parse("2026-03-04T00:00:00Z"));
    }

    @Test
    void shouldReturnTheShareOfAnOrganizationThatHasNoReplays() {
        insert(SampleReplayStates.unclaimed(1, UnlinkedReason.NO_EVIDENCE));

        Coverage coverage = found(lookup.coverage(new CoverageQuestion(
                null, null, Instant.ofEpochMilli(SampleLinks.START_MS).minus(DAY), CoverageQuestion.Step.DAY)));

        assertThat(coverage.total()).containsExactly(new Coverage.Count("unknown", "NO_EVIDENCE", 1, 1));
    }

    private Answer<Page<ReplayHit>> issue(Filter filter) {
        return lookup.issue(5, filter).map(IssueStory::replays);
    }

    private static List<String> all(Function<Filter, Answer<Page<ReplayHit>>> question, int limit) {
        return ids(all(filter -> found(question.apply(filter)), Filter.page(limit)));
    }

    private static List<String> ids(Page<ReplayHit> page) {
        return ids(page.rows());
    }

    private static List<String> ids(List<ReplayHit> hits) {
        return hits.stream().map(hit -> hit.replay().replayId()).toList();
    }

    private static List<String> replays(LongStream numbers) {
        return numbers.mapToObj(SampleLinks::replayHex).toList();
    }

    private static Link link(long number, long hoursAgo) {
        Link link = link(SampleLinks.event(number), number);
        link.setReplayStartedMs(
                SampleLinks.START_MS - Duration.ofHours(hoursAgo).toMillis());
        return link;
    }
}
