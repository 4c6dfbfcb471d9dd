package io.replaylinker.benchmarks.peer;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.claim.SpanReader;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The segments of the span stream as events. All other spans are dropped: a join by trace has no use for edges. */
public final class SegmentEvents implements RecordDecoder<BackendEvent> {

    private static final Decoded<BackendEvent> DROPPED = Decoded.control("inner_span");

    private final SentrySpanDecoder spans = new SentrySpanDecoder();

    @Override
    public Decoded<BackendEvent> decode(String topic, Headers headers, byte @Nullable [] value) {
        if (!(spans.decode(topic, headers, value) instanceof Decoded.Value<Span> decoded)
                || !decoded.value().getIsSegment()) {
            return DROPPED;
        }
        BackendEvent event = SpanReader.segment(decoded.value());
        return event == null ? DROPPED : Decoded.value(event);
    }
}
