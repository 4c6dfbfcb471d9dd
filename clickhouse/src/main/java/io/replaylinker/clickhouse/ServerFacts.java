package io.replaylinker.clickhouse;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself and of our user.
 *
 * @param version as {@code 26.3.1.1}
 * @param clockAhead how far its clock is ahead of ours, negative when behind; as exact as the question took time
 * @param readOnly whether the user may change nothing, whatever its rights
 * @param missingRights what the sink needs and the user lacks, as {@code INSERT on db.replay_links}; empty when the server cannot be asked
 */
public record ServerFacts(String version, Duration clockAhead, boolean readOnly, Optional<List<String>> missingRights) {

    /** The oldest that the tables were tried on: what a self-hosted Sentry ships. */
    public static final String OLDEST_TRIED = "25.8";

    /** Whether it is older than any that was tried. */
    public boolean isOld() {
        return number(version) < number(OLDEST_TRIED);
    }

    /** Year and month count. */
    private static int number(String version) {
        String[] parts = version.split("\\.", -1);
        return parts.length < 2 ? 0 : digits(parts[0]) * 100 + digits(parts[1]);
    }

    private static int digits(String part) {
        return part.matches("\\d{1,4}") ? Integer.parseInt(part) : 0;
    }
}
