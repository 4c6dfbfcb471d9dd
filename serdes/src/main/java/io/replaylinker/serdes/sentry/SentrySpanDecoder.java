package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Decodes topic {@code ingest-spans}: one JSON object per span.
 *
 * <p>These spans become values: a segment ({@code is_segment}), and an inner span that calls another service. A call is recognized by its
 * kind ({@code sentry.kind} is client or producer) or, unless it is of a server's kind, by an operation that starts with
 * {@code http.client}, {@code grpc}, {@code rpc} or {@code queue.publish}. Inner spans of OpenTelemetry ({@code sentry.origin}
 * {@code auto.otlp...}) that name no segment become values too, because only they show which segment made a call. Every other span is the
 * control message {@code inner_span}. This is decided by the first fields, and the rest is not checked to be JSON. Where {@code is_segment}
 * is missing or not a truth value, a span is a segment in two cases: its segment id is its own; or it has no segment id and either no
 * parent, or the origin {@code auto.otlp.spans} and a kind of server or consumer.
 *
 * <p>A value needs a trace id (128 bits of hex, not nil), a span id (64 bits of hex, not nil) and a project id above 0. All other fields
 * are optional: a field that is missing, null or of another type is null (organization: 0). An attribute is {@code {type, value}} or a bare
 * value; its type is ignored. Times are seconds or, above 1e11, milliseconds, as a number or as text, or ISO 8601. A span that is its own
 * parent has no parent. The platform is the attribute's, else that of the SDK's name. Request headers are a text, a list, or a list as JSON
 * in a text, joined by commas. Texts are cut at 250 UTF-16 units, baggage at {@link io.replaylinker.serdes.trace.Baggage#MAX_BYTES}. Ids
 * are passed on as written.
 *
 * <p>Source of the format: Sentry's public schema {@code ingest-spans.v1}, and messages of browser and Node SDK 11.12. It never throws.
 * Thread-safe.
 */
public final class SentrySpanDecoder implements RecordDecoder<Span> {

    private static final Decoded<Span> INNER_SPAN = Decoded.control("inner_span");

    private final boolean detailed;

    /** A decoder of what linking needs. */
    public SentrySpanDecoder() {
        this(false);
    }

    /** @param detailed whether every other inner span becomes a value too, marked {@code context_only} */
    public SentrySpanDecoder(boolean detailed) {
        this.detailed = detailed;
    }

    @Override
    public Decoded<Span> decode(String topic, Headers headers, byte @Nullable [] value) {
        return JsonReading.readPart(value, this::readMessage);
    }

    private Decoded<Span> readMessage(JsonCursor cursor) throws JsonException {
        if (!cursor.isObject()) {
            cursor.skip();
            cursor.expectEnd();
            return Decoded.rejection(RejectionReason.WRONG_SHAPE, "not an object");
        }
        SpanMessage message = new SpanMessage(cursor, detailed);
        if (!message.read()) {
            return INNER_SPAN;
        }
        cursor.expectEnd();
        if (message.isWanted()) {
            return message.toDecoded();
        }
        return detailed ? contextOnly(message.toDecoded()) : INNER_SPAN;
    }

    /** The join does not need such a span, so that one without ids or project is no dead letter. */
    private static Decoded<Span> contextOnly(Decoded<Span> decoded) {
        if (!(decoded instanceof Decoded.Value<Span> inner)) {
            return INNER_SPAN;
        }
        inner.value().setContextOnly(true);
        return decoded;
    }
}
