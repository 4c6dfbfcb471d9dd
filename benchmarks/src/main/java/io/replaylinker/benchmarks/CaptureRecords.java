package io.replaylinker.benchmarks;

import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.SegmentReader;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What real SDK traffic becomes on its way through the join. */
final class CaptureRecords {

    /** A moment after the capture, as the timestamp of its records. */
    private static final long RECORD_MS = 1_795_174_700_000L;

    private static final String REPLAYS = "ingest-replay-events";

    private CaptureRecords() {}

    static List<Claim> claims() {
        ClaimReader reader = EvidenceReading.claims();
        return values(new SentryEventDecoder(), CaptureMessages.values(topic -> !topic.equals(REPLAYS)))
                .map(event -> reader.read(event, RECORD_MS))
                .filter(Objects::nonNull)
                .filter(ClaimReader::hasEvidence)
                .toList();
    }

    /** Of the segments. */
    static List<ReplayObservation> replayObservations() {
        SegmentReader reader = EvidenceReading.segments();
        return segments()
                .map(segment -> reader.read(segment, RECORD_MS))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Of the traces that the segments list. */
    static List<TraceObservation> observations() {
        SegmentReader reader = EvidenceReading.segments();
        return segments()
                .flatMap(segment -> {
                    ReplayObservation observation = reader.read(segment, RECORD_MS);
                    return observation == null ? Stream.of() : SegmentReader.traces(segment, observation).stream();
                })
                .toList();
    }

    private static Stream<ReplaySegment> segments() {
        return values(new SentryReplayDecoder(), CaptureMessages.values(REPLAYS::equals));
    }

    /** A link for each claim, as if it belonged to the first replay. */
    static List<Link> links() {
        ReplayObservation replay = replayObservations().get(0);
        return claims().stream().map(claim -> link(claim, replay)).toList();
    }

    private static Link link(Claim claim, ReplayObservation replay) {
        EventSummary event = claim.getEvent();
        Id id = claim.getReplayId() == null ? replay.getReplayId() : claim.getReplayId();
        return Link.newBuilder()
                .setEvent(event)
                .setReplayId(id)
                .setReplayProjectId(replay.getProjectId())
                .setReplayStartedMs(replay.getStartedMs())
                .setRetentionDays(replay.getRetentionDays())
                .setMethod(claim.getReplayId() == null ? Method.TRACE : Method.REPLAY_ID)
                .setConfidence(claim.getReplayId() == null ? 0.9 : 1)
                .setInSession(true)
                .setConfirmed(true)
                .setLinkedAtMs(event.getReceivedMs())
                .setVersion(event.getReceivedMs())
                .build();
    }

    private static <T> Stream<T> values(RecordDecoder<T> decoder, List<byte[]> messages) {
        return messages.stream()
                .map(message -> decoder.decode("", new RecordHeaders(), message))
                .flatMap(decoded -> decoded instanceof Decoded.Value<T> value ? Stream.of(value.value()) : Stream.of());
    }
}
