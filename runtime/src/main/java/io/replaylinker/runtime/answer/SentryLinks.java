package io.replaylinker.runtime.answer;

import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of pages in Sentry's web interface. Each method returns null where an address could be wrong: without {@code sentry.url}, for
 * an organization without a slug, for an event without an issue.
 */
public final class SentryLinks {

    private static final String ID = "{id}";

    /** Links nothing. */
    public static final SentryLinks NONE = new SentryLinks("", Map.of(), "", "");

    private final String url;
    private final Map<Long, String> slugs;
    private final String replayPath;
    private final String tracePath;

    /**
     * Links into one installation.
     *
     * @param url without a slash at its end
     * @param slugs by id of the organization
     * @param replayPath with the place of the id
     * @param tracePath with the place of the id
     */
    private SentryLinks(String url, Map<Long, String> slugs, String replayPath, String tracePath) {
        this.url = url;
        this.slugs = Map.copyOf(slugs);
        this.replayPath = replayPath;
        this.tracePath = tracePath;
    }

    /** As the settings have it. */
    public static SentryLinks of(Settings settings) {
        return settings.find(SentrySettings.URL)
                .map(url -> new SentryLinks(
                        url,
                        settings.find(SentrySettings.ORGANIZATION_SLUGS).orElse(Map.of()),
                        settings.get(SentrySettings.REPLAY_PATH),
                        settings.get(SentrySettings.TRACE_PATH)))
                .orElse(NONE);
    }

    /** The replay from its start. */
    @Nullable String replay(long organization, String replayId) {
        return replayId.isEmpty() ? null : address(organization, replayPath.replace(ID, replayId));
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
        return traceId.isEmpty() ? null : address(organization, tracePath.replace(ID, traceId));
    }

    private @Nullable String address(long organization, String page) {
        String slug = slugs.get(organization);
        return slug == null ? null : url + "/organizations/" + slug + "/" + page;
    }
}
