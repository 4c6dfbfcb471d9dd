package io.replaylinker.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Filter;
import io.replaylinker.clickhouse.query.IssueStory;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.clickhouse.query.Lookups;
import io.replaylinker.schemas.TraceNode;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The replays of issues that were merged, split and deleted after their errors were linked. */
class IssueReplaysIT extends OnLookup {

    /** The issue of the links. */
    private static final long ISSUE = 5;

    private static final long OTHER = 6;
    private static final long LAST = 7;

    @Test
    void shouldFindTheReplaysOfMergedIssuesByTheOldAndTheNewOne() {
        insert(linkOnTrace(0, 10_000));
        insertNodes(
                SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()),
                SampleNodes.change("end_merge", 30_000, List.of(OTHER, 8L), LAST, List.of(), List.of()));
        insert(linkOnTrace(3, 40_000));

        assertThat(replays(LAST)).isEqualTo(sampleReplays(0, 1));
        assertThat(replays(OTHER)).isEqualTo(sampleReplays(0, 1));
        assertThat(replays(ISSUE)).isEqualTo(sampleReplays(0, 1));
        assertThat(found(lookup.issue(LAST, ANY)).isMerged()).isFalse();
        assertThat(found(lookup.issue(ISSUE, ANY))).satisfies(story -> {
            assertThat(story.isMerged()).isTrue();
            assertThat(story.issue()).isEqualTo(LAST);
            assertThat(story.asked()).isEqualTo(ISSUE);
        });
        assertThat(found(lookup.issue(8, ANY)).issue()).isEqualTo(LAST);
    }

    @Test
    void shouldGoThroughTheReplaysOfMergedIssuesByPages() {
        insertNodes(SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()));
        insert(linkOnTrace(0, 10_000), linkOnTrace(3, 10_000), linkOnTrace(6, 10_000));

        assertThat(all(filter -> found(lookup.issue(OTHER, filter)).replays(), Filter.page(1)))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    /** An error that is not kept counts as one of the issue that it was received with. */
    @Test
    void shouldFollowASplitByTheHashesOfTheErrors() {
        TraceNode otherHash = SampleNodes.error(3, 1, ISSUE, "KeyError", "price");
        otherHash.setPrimaryHash(SampleLinks.id(0xDEF));
        insertNodes(
                SampleNodes.error(0, 1, ISSUE, "KeyError", "price"),
                otherHash,
                SampleNodes.change("end_unmerge", 20_000, List.of(ISSUE), OTHER, List.of(SampleNodes.HASH), List.of()));
        insert(linkOnTrace(0, 10_000), linkOnTrace(3, 10_000), linkOnTrace(6, 10_000));

        assertThat(replays(ISSUE)).isEqualTo(sampleReplays(1, 2));
        assertThat(replays(OTHER)).isEqualTo(sampleReplays(0));
        assertThat(found(lookup.issue(ISSUE, ANY)).isMerged()).isFalse();
    }

    @Test
    void shouldFollowASplitOfAMergedIssue() {
        TraceNode otherHash = SampleNodes.error(3, 1, ISSUE, "KeyError", "price");
        otherHash.setPrimaryHash(SampleLinks.id(0xDEF));
        insertNodes(
                SampleNodes.error(0, 1, ISSUE, "KeyError", "price"),
                otherHash,
                SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()),
                SampleNodes.change("end_unmerge", 30_000, List.of(OTHER), LAST, List.of(SampleNodes.HASH), List.of()));
        insert(linkOnTrace(0, 10_000), linkOnTrace(3, 10_000));

        assertThat(replays(LAST)).isEqualTo(sampleReplays(0));
        assertThat(replays(OTHER)).isEqualTo(sampleReplays(1));
        assertThat(replays(ISSUE)).isEqualTo(sampleReplays(1));
    }

    @Test
    void shouldReportThatAnIssueWasDeleted() {
        insert(linkOnTrace(0, 10_000));
        insertNodes(
                SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()),
                SampleNodes.change("end_delete_groups", 30_000, List.of(OTHER), 0, List.of(), List.of()));

        for (long issue : List.of(ISSUE, OTHER)) {
            assertThat(found(lookup.issue(issue, ANY))).satisfies(story -> {
                assertThat(story.isDeleted()).isTrue();
                assertThat(story.isMerged()).isFalse();
                assertThat(story.replays().rows()).isEmpty();
            });
        }
    }

    /** Changes name no organization. */
    @Test
    void shouldTellNothingAboutTheIssuesOfAnotherOrganization() {
        insert(linkOnTrace(0, 10_000));
        insert(SampleReplayStates.builder(7).setOrganizationId(2).build());
        insertNodes(
                SampleNodes.change("end_merge", 20_000, List.of(ISSUE), OTHER, List.of(), List.of()),
                SampleNodes.change("end_delete_groups", 20_000, List.of(LAST), 0, List.of(), List.of()));

        for (long issue : List.of(ISSUE, OTHER, LAST)) {
            assertThat(lookup.issue(issue, ANY.of(2L))).isInstanceOf(Answer.Unknown.class);
        }
        assertThat(lookup.issue(LAST, ANY)).isInstanceOf(Answer.Unknown.class);
    }

    /** As the client finds them, and as the server does. */
    private List<String> replays(long issue) {
        List<String> replays = ids(found(lookup.issue(issue, ANY)));
        try (Lookup inServer = Lookups.few(database.clickHouse(), CLOCK, () -> 0)) {
            assertThat(ids(found(inServer.issue(issue, ANY)))).isEqualTo(replays);
        }
        return replays;
    }

    private static List<String> ids(IssueStory story) {
        return story.replays().rows().stream()
                .map(hit -> hit.replay().replayId())
                .sorted()
                .toList();
    }

    private static List<String> sampleReplays(long... numbers) {
        return LongStream.of(numbers).mapToObj(SampleLinks::replayHex).toList();
    }

    private void insertNodes(TraceNode... nodes) {
        tables.insertNodes(List.of(nodes));
    }
}
