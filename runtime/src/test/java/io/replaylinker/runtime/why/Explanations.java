package io.replaylinker.runtime.why;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Explanation.PathEnd;
import io.replaylinker.topology.join.Explanation.PathSpan;
import io.replaylinker.topology.join.Explanation.SeenVisit;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explanations of one event of project 22 on trace T, below span B; R and S are replays. */
final class Explanations {

    static final String EVENT = "e0".repeat(16);
    static final Id T = id(0x7a);
    static final Id R = id(0xaa);
    static final Id S = id(0xbb);
    static final String B = "b1cd9e66f8012345";
    static final String PAGE = "a9e0000000000001";
    static final long NOON_MS = Instant.parse("2026-03-04T12:00:00Z").toEpochMilli();

    /** What a server's span and a page's span look like on a path. */
    static final PathSpan SERVER = new PathSpan(B, 22, false, false, true, null);

    private Explanations() {}

    static Claim claim() {
        EventSummary event = new EventSummary();
        event.setEventId(new Id(HexFormat.of().parseHex(EVENT)));
        event.setProjectId(22);
        event.setTraceId(T);
        event.setTimestampMs(NOON_MS);
        event.setReceivedMs(NOON_MS + 1_000);
        Lookup lookup = new Lookup();
        lookup.setTraceId(T);
        lookup.setParents(List.of(new SpanId(HexFormat.of().parseHex(B))));
        Claim claim = new Claim();
        claim.setEvent(event);
        claim.setMethod(Method.UNKNOWN);
        claim.setEvidence(List.of());
        claim.setLookups(List.of(lookup));
        claim.setVerdicts(List.of());
        return claim;
    }

    static PathSpan page(@Nullable Id replay) {
        return new PathSpan(PAGE, 11, true, true, true, replay);
    }

    static SeenVisit replay(Id replay, boolean sameUser) {
        return new SeenVisit(replay, "", sameUser, NOON_MS - 60_000, NOON_MS + 60_000, 0);
    }

    static SeenVisit unnamed() {
        return new SeenVisit(null, PAGE, false, NOON_MS - 60_000, NOON_MS - 12_345, 12_345);
    }

    static Explanation chosen(List<PathSpan> path, PathEnd end, List<SeenVisit> visits, Method method, double sure) {
        return new Explanation.OnTrace(
                claim(), T, visits, 0, false, path, end, false, R, method, sure, null, NOON_MS, false);
    }

    static Explanation missing(List<PathSpan> path, PathEnd end, List<SeenVisit> visits, UnlinkedReason reason) {
        return new Explanation.OnTrace(
                claim(), T, visits, 0, false, path, end, false, null, Method.UNKNOWN, 0, reason, NOON_MS, false);
    }

    static Explanation crowded() {
        return new Explanation.OnTrace(
                claim(),
                T,
                List.of(replay(R, false)),
                2,
                true,
                List.of(),
                PathEnd.OPEN,
                false,
                null,
                Method.UNKNOWN,
                0,
                UnlinkedReason.SHARED_TRACE,
                NOON_MS,
                true);
    }

    private static Id id(int digits) {
        byte[] bytes = new byte[16];
        Arrays.fill(bytes, (byte) digits);
        return new Id(bytes);
    }
}
