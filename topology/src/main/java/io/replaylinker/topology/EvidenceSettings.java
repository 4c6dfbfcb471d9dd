package io.replaylinker.topology;

import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.UserHashes;
import java.nio.charset.StandardCharsets;

/**
 * Settings for reading evidence.
 *
 * @param methods which methods may link
 * @param userKey key of the hashes that users and addresses are compared by; the same in all workers of an
 *     installation, secret
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EvidenceSettings(ClaimSettings methods, byte[] userKey) {

    /** All methods, and a key that is not secret: for tests and runs on one machine. */
    public static EvidenceSettings defaults() {
        return new EvidenceSettings(ClaimSettings.defaults(), "replay-linker".getBytes(StandardCharsets.UTF_8));
    }

    /** Hashes for one thread. */
    UserHashes users() {
        return new UserHashes(userKey);
    }
}
