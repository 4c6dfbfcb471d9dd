package io.replaylinker.clickhouse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a server reports about itself and about the sink's user.
 *
 * @param version such as {@code 26.3.1.1}
 * @param clockAhead how far its clock is ahead of the local one, negative when behind; the error is at most the duration of the query
 * @param readOnly whether the user may not write at all, whatever its grants
 * @param missingRights grants that the sink needs and the user lacks, such as {@code INSERT on db.replay_links}; empty when the server
 *     cannot report them
 */
public record ServerFacts(String version, Duration clockAhead, boolean readOnly, Optional<List<String>> missingRights) {

    /** The oldest version that the tables were tested with. A self-hosted Sentry ships it. */
    public static final String OLDEST_TRIED = "25.8";

    /** Returns whether the server is older than any tested version. */
    public boolean isOld() {
        return number(version) < number(OLDEST_TRIED);
    }

    /** Only year and month are compared. */
    private static int number(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length < 2 ? 0 : digits(parts[0]) * 100 + digits(parts[1]);
    }

    private static int digits(String part) {
        return part.matches("\\d{1,4}") ? Integer.parseInt(part) : 0;
    }
}
