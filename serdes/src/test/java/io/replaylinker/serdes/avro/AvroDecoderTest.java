package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

/** What becomes of whatever a value deserializer gives or throws. */
class AvroDecoderTest {

    private static final byte[] WIRE_FORM = {0, 0, 0, 0, 1, 2, 3};

    @Test
    void shouldPassOurOwnClassOn() {
        // When
        Decoded<BackendEvent> decoded = decode(gives(Samples.event()), WIRE_FORM);

        // Then
        assertThat(decoded).isEqualTo(Decoded.value(Samples.event()));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void shouldCountAnEmptyValue(byte @Nullable [] value) {
        // When
        Decoded<BackendEvent> decoded = decode(throwing(new IllegalStateException("must not be asked")), value);

        // Then
        assertThat(decoded).isEqualTo(Decoded.control("empty"));
    }

    @Test
    void shouldConvertAGenericRecordOfAnOlderSchema() {
        // Given
        Schema older = SchemaBuilder.record("com.acme.Event")
                .fields()
                .requiredString("event_id")
                .requiredInt("project_id")
                .requiredLong("timestamp_ms")
                .requiredString("something_else")
                .endRecord();
        GenericRecord record = new GenericRecordBuilder(older)
                .set("event_id", Samples.EVENT_ID)
                .set("project_id", 42)
                .set("timestamp_ms", 5L)
                .set("something_else", "x")
                .build();

        // When
        Decoded<BackendEvent> decoded = decode(gives(record), WIRE_FORM);

        // Then
        assertThat(decoded)
                .isEqualTo(Decoded.value(BackendEvent.newBuilder()
                        .setEventId(Samples.EVENT_ID)
                        .setProjectId(42)
                        .setTimestampMs(5)
                        .build()));
    }

    @Test
    void shouldRejectAGenericRecordThatLacksWhatWeNeed() {
        // Given
        Schema other = SchemaBuilder.record("com.acme.Event")
                .fields()
                .requiredString("event_id")
                .endRecord();
        GenericRecord record =
                new GenericRecordBuilder(other).set("event_id", "SECRET").build();

        // When
        Decoded<BackendEvent> decoded = decode(gives(record), WIRE_FORM);

        // Then
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> {
            assertThat(rejection.reason()).isEqualTo(RejectionReason.INCOMPATIBLE_SCHEMA);
            assertThat(rejection.detail()).contains("missing required field").doesNotContain("SECRET");
        });
    }

    @Test
    void shouldRejectAnotherGeneratedClassThatDoesNotFit() {
        // When
        Decoded<BackendEvent> decoded = decode(gives(Samples.segment()), WIRE_FORM);

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void shouldRejectWhatIsNoRecord() {
        // When
        Decoded<BackendEvent> decoded = decode(gives("text"), WIRE_FORM);

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void shouldRejectARecordWithAHole() {
        // Given
        BackendEvent event = new BackendEvent();
        event.setEventId(Samples.EVENT_ID);
        event.setProjectId(1);

        // When
        Decoded<BackendEvent> decoded = decode(gives(event), WIRE_FORM);

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, NO_EVENT_ID",
        "00000000-0000-0000-0000-000000000000, 1, NO_EVENT_ID",
        "nonsense, 1, NO_EVENT_ID",
        "9f0c2a1be63d4f0a8d7e6c5b4a392817, 0, NO_PROJECT_ID",
        "9F0C2A1B-E63D-4F0A-8D7E-6C5B4A392817, -7, NO_PROJECT_ID"
    })
    void shouldRejectAnEventWithoutIdOrProject(String id, long project, RejectionReason reason) {
        // Given
        BackendEvent event = BackendEvent.newBuilder(Samples.event())
                .setEventId(id)
                .setProjectId(project)
                .build();

        // When
        Decoded<BackendEvent> decoded = decode(gives(event), WIRE_FORM);

        // Then
        assertReason(decoded, reason);
    }

    @ParameterizedTest
    @CsvSource({"x, 1, NO_REPLAY_ID", "0b1c2d3e4f5a69788796a5b4c3d2e1f0, 0, NO_PROJECT_ID"})
    void shouldRejectASegmentWithoutIdOrProject(String id, long project, RejectionReason reason) {
        // Given
        ReplaySegment segment = ReplaySegment.newBuilder(Samples.segment())
                .setReplayId(id)
                .setProjectId(project)
                .build();

        // When
        Decoded<ReplaySegment> decoded =
                new AvroDecoder<>(gives(segment), ReplaySegment.class).decode("t", new RecordHeaders(), WIRE_FORM);

        // Then
        assertReason(decoded, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "x, 00f067aa0ba902b7, 1, NO_TRACE_ID",
        "0b1c2d3e4f5a69788796a5b4c3d2e1f0, no hex, 1, NO_SPAN_ID",
        "0b1c2d3e4f5a69788796a5b4c3d2e1f0, 00f067aa0ba902b7, 0, NO_PROJECT_ID"
    })
    void shouldRejectASpanWithoutIdsOrProject(String traceId, String spanId, long project, RejectionReason reason) {
        // Given
        Span span = Span.newBuilder(Samples.span())
                .setTraceId(traceId)
                .setSpanId(spanId)
                .setProjectId(project)
                .build();

        // When
        Decoded<Span> decoded = new AvroDecoder<>(gives(span), Span.class).decode("t", new RecordHeaders(), WIRE_FORM);

        // Then
        assertReason(decoded, reason);
    }

    @Test
    void shouldReadASpan() {
        // When
        Decoded<Span> decoded =
                new AvroDecoder<>(gives(Samples.span()), Span.class).decode("t", new RecordHeaders(), WIRE_FORM);

        // Then
        assertThat(decoded).isEqualTo(Decoded.value(Samples.span()));
    }

    private static Decoded<BackendEvent> decode(Deserializer<?> deserializer, byte @Nullable [] value) {
        return new AvroDecoder<>(deserializer, BackendEvent.class).decode("events", new RecordHeaders(), value);
    }

    private static void assertReason(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> assertThat(rejection.reason())
                .isEqualTo(reason));
    }

    private static Deserializer<Object> gives(Object value) {
        return (topic, data) -> value;
    }

    private static Deserializer<Object> throwing(RuntimeException failure) {
        return new Deserializer<>() {
            @Override
            public Object deserialize(String topic, byte[] data) {
                throw failure;
            }

            @Override
            public Object deserialize(String topic, Headers headers, byte[] data) {
                throw failure;
            }
        };
    }
}
