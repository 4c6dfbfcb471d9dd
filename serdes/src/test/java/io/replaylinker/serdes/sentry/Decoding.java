package io.replaylinker.serdes.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The decoders as the tests ask them: by JSON text, with ' for " where a case is written by hand. */
final class Decoding {

    static final String EVENT_ID = "8da5eaec2f0b4368bef4a23249f7cec9";
    static final String REPLAY_ID = "84c9b14583f94dd2ae467a01b5b5d83a";
    static final String TRACE_ID = "9f8f85932b484fcf9585c96780aecbdc";
    static final String SPAN_ID = "bccbd1ad5bd546d1";

    private Decoding() {}

    static Decoded<BackendEvent> decodeEvent(byte[] value) {
        return decode(new SentryEventDecoder(), value);
    }

    static Decoded<ReplaySegment> decodeReplay(byte[] value) {
        return decode(new SentryReplayDecoder(), value);
    }

    static Decoded<Span> decodeSpan(byte[] value) {
        return decode(new SentrySpanDecoder(), value);
    }

    private static <T> Decoded<T> decode(RecordDecoder<T> decoder, byte[] value) {
        return decoder.decode("topic", new RecordHeaders(), value);
    }

    static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }

    /** An insert of an event with these fields beside data. */
    static Decoded<BackendEvent> decodeInsert(String fields) {
        return decodeEvent(json("[2,'insert',{" + fields + "},{'is_new':false}]"));
    }

    /** The event of an insert with this data. */
    static BackendEvent eventWith(String data) {
        return value(decodeInsert("'event_id':'" + EVENT_ID + "','project_id':22,'data':{" + data + "}"));
    }

    /** The segment with these inner fields, in the object form. */
    static ReplaySegment segmentWith(String fields) {
        return value(decodeReplay(replay("{'type':'replay_event'," + fields + "}")));
    }

    /** A replay message with this payload. */
    static byte[] replay(String payload) {
        return json("{'replay_id':'" + REPLAY_ID + "','project_id':11,'retention_days':30,'start_time':1795174619.204,"
                + "'payload':" + payload + "}");
    }

    /** A span message of a segment with these fields beside its ids. */
    static byte[] segmentSpan(String fields) {
        return json("{'project_id':22,'trace_id':'" + TRACE_ID + "','span_id':'" + SPAN_ID + "','is_segment':true"
                + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    /** The segment span with these fields beside its ids. */
    static Span spanWith(String fields) {
        return value(decodeSpan(segmentSpan(fields)));
    }

    /** The segment span with these attributes. */
    static Span spanWithAttributes(String attributes) {
        return spanWith("'attributes':{" + attributes + "}");
    }

    static <T> T value(Decoded<T> decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Value.class);
        return ((Decoded.Value<T>) decoded).value();
    }

    static void assertControl(Decoded<?> decoded, String operation) {
        assertThat(decoded).isEqualTo(Decoded.control(operation));
    }

    static void assertRejected(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOf(Decoded.Rejection.class);
        assertThat(((Decoded.Rejection<?>) decoded).reason()).isEqualTo(reason);
        // An exception here would be a bug that the safety net has caught.
        assertThat(((Decoded.Rejection<?>) decoded).exceptionClass()).isNull();
    }
}
