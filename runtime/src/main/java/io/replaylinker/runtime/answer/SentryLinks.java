package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.SentryPages;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of pages in Sentry's web interface. Each method returns null where an address could be wrong: without {@code sentry.url}, for
 * an organization without a slug, for an event without an issue.
 */
public final class SentryLinks {

    private static final String ID = "{id}";

    /** Links nothing. */
    public static final SentryLinks NONE = new SentryLinks(SentryPages.NONE);

    private final SentryPages pages;

    /** Links into the pages of one installation. */
    public SentryLinks(SentryPages pages) {
        this.pages = pages;
    }

    /** The replay from its start. */
    @Nullable String replay(long organization, String replayId) {
        return replayId.isEmpty()
                ? null
                : address(organization, pages.replayPath().replace(ID, replayId));
    }

    /**
     * The replay at a moment.
     *
     * @param offset from the start of the replay; what is negative leads to the start
     */
    @Nullable String replay(long organization, String replayId, Duration offset) {
        String replay = replay(organization, replayId);
        return replay == null ? null : replay + "?t=" + Math.max(0, offset.toSeconds());
    }

    /** @param groupId of the issue, 0 if there is none: a page of an event is a page of its issue */
    @Nullable String event(long organization, long groupId, String eventId) {
        String issue = issue(organization, groupId);
        return issue == null ? null : issue + "events/" + eventId + "/";
    }

    /** @param groupId 0 if there is none */
    @Nullable String issue(long organization, long groupId) {
        return groupId == 0 ? null : address(organization, "issues/" + Long.toUnsignedString(groupId) + "/");
    }

    /** @param traceId empty if there is none */
    @Nullable String trace(long organization, String traceId) {
        return traceId.isEmpty()
                ? null
                : address(organization, pages.tracePath().replace(ID, traceId));
    }

    private @Nullable String address(long organization, String page) {
        String slug = pages.slugs().get(organization);
        return slug == null ? null : pages.url() + "/organizations/" + slug + "/" + page;
    }
}
