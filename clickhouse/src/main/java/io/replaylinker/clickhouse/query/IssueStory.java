package io.replaylinker.clickhouse.query;

/**
 * The replays of an issue, newest first, and what became of the issue after its errors were received.
 *
 * @param asked the issue that was asked for
 * @param issue the issue that it was merged into, whose replays these are; {@code asked} if it was not merged, 0 if it was deleted
 * @param replays none if it was deleted
 */
public record IssueStory(long asked, long issue, Page<ReplayHit> replays) {

    /** Whether these are the replays of another issue, into which the one that was asked for was merged. */
    public boolean isMerged() {
        return issue != asked && !isDeleted();
    }

    public boolean isDeleted() {
        return issue == 0;
    }

    /** Returns the same with other pages of replays, such as one with their states. */
    public IssueStory with(Page<ReplayHit> other) {
        return new IssueStory(asked, issue, other);
    }
}
