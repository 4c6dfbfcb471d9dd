package io.replaylinker.benchmarks.workload;

import io.replaylinker.topology.claim.ClaimOddities;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.claim.SegmentReader;
import io.replaylinker.topology.claim.SpanReader;
import io.replaylinker.topology.claim.UserHashes;
import java.nio.charset.StandardCharsets;

/** Readers of evidence as the product has them, with all methods and a key of users that is no secret. Each is for one thread. */
public final class EvidenceReading {

    private static final byte[] USER_KEY = "benchmarks".getBytes(StandardCharsets.UTF_8);

    private EvidenceReading() {}

    /** Of events. */
    public static ClaimReader claims() {
        return new ClaimReader(ClaimSettings.defaults(), new UserHashes(USER_KEY), ClaimOddities.NONE);
    }

    /** Of spans inside a segment. */
    public static SpanReader spans() {
        return new SpanReader(new UserHashes(USER_KEY));
    }

    /** Of replay segments. */
    public static SegmentReader segments() {
        return new SegmentReader(new UserHashes(USER_KEY));
    }
}
