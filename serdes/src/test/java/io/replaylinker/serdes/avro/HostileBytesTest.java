package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that nobody would write in good faith: each becomes a verdict, in bounded time and memory. */
class HostileBytesTest {

    private static final int ROUNDS = 100_000;

    private final SchemaRegistry registry = SchemaRegistry.open(RegistrySettings.of(Samples.mock()));
    private final AvroDecoder<BackendEvent> events = decoder(BackendEvent.class);
    private final Headers headers = new RecordHeaders();

    @Test
    void shouldMakeAVerdictOfRandomBytes() {
        // Given
        Random random = seeded();
        registerAll();
        List<AvroDecoder<?>> decoders =
                List.of(events, decoder(ReplaySegment.class), decoder(Link.class), decoder(Span.class));

        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 5 && random.nextInt(4) > 0) {
                // Most of them with a schema id that is known, so that Avro gets to see them.
                System.arraycopy(new byte[] {0, 0, 0, 0, (byte) (1 + random.nextInt(4))}, 0, bytes, 0, 5);
            }

            // When
            Decoded<?> decoded = decoders.get(i % 4).decode("events", headers, bytes);

            // Then
            assertThat(decoded).isNotNull();
        }
    }

    @Test
    void shouldMakeAVerdictOfDamagedRecords() {
        // Given
        Random random = seeded();
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>(registry);
        List<SpecificRecord> samples = List.of(Samples.event(), Samples.segment(), Samples.link(), Samples.span());
        List<AvroDecoder<?>> decoders =
                List.of(events, decoder(ReplaySegment.class), decoder(Link.class), decoder(Span.class));

        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = serializer.serialize("t" + i % 4, samples.get(i % 4));
            assertThat(bytes).isNotNull();
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
            }

            // When
            Decoded<?> decoded = decoders.get(i % 4).decode("t", headers, bytes);

            // Then
            assertThat(decoded).isNotNull();
        }
    }

    @Test
    void shouldMakeAVerdictOfRandomHeaders() {
        // Given
        Random random = seeded();
        registerAll();

        for (int i = 0; i < 10_000; i++) {
            byte[] header = new byte[random.nextInt(20)];
            random.nextBytes(header);
            if (header.length > 0) {
                header[0] = (byte) random.nextInt(3);
            }
            Headers withHeader = new RecordHeaders().add("__value_schema_id", header);

            // When
            Decoded<?> decoded = events.decode("events", withHeader, new byte[] {1, 2, 3});

            // Then
            assertThat(decoded).isInstanceOf(Decoded.Rejection.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldNotAllocateWhatALengthClaims(long length) throws IOException {
        // Given
        registerAll();
        ByteArrayOutputStream bytes = prefixed(1);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeLong(length);
        encoder.writeLong(length);

        // When
        Decoded<BackendEvent> decoded = events.decode("events", headers, bytes.toByteArray());

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, Long.MAX_VALUE, -Integer.MAX_VALUE, Long.MIN_VALUE})
    void shouldNotAllocateWhatACountClaims(long count) throws IOException {
        // Given: a segment that is right up to its list of traces
        registerAll();
        ByteArrayOutputStream bytes = prefixed(2);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        encoder.writeString(Samples.REPLAY_ID);
        encoder.writeLong(1);
        encoder.writeLong(1);
        for (int i = 0; i < 5; i++) {
            encoder.writeIndex(0);
        }
        encoder.writeLong(count);
        encoder.writeLong(0);
        encoder.writeString(Samples.TRACE_ID);

        // When
        Decoded<ReplaySegment> decoded = decoder(ReplaySegment.class).decode("segments", headers, bytes.toByteArray());

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"null\"", "{\"type\":\"record\",\"name\":\"Nothing\",\"fields\":[]}"})
    void shouldNotCountElementsThatTakeNoBytes(String element) throws IOException {
        // Given: a writer's list, unknown to us and so to be skipped, whose elements are free of charge
        Schema schema = writer("{\"name\":\"free\",\"type\":{\"type\":\"array\",\"items\":" + element + "}}");
        ByteArrayOutputStream bytes = prefixed(registry.register("free-value", schema));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        for (int i = 0; i < 1000; i++) {
            encoder.writeLong(Integer.MAX_VALUE - 8L);
        }

        // When
        Decoded<BackendEvent> decoded = events.decode("events", headers, bytes.toByteArray());

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void shouldSurviveARecordThatNestsWithoutEnd() throws IOException {
        // Given: a million times "here is the next one"
        Schema schema = writer(
                "{\"name\":\"list\",\"type\":{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}}");
        ByteArrayOutputStream bytes = prefixed(registry.register("list-value", schema));
        bytes.write(new byte[1_000_000]);
        byte[] all = bytes.toByteArray();
        Arrays.fill(all, 5, all.length, (byte) 2);

        // When
        Decoded<BackendEvent> decoded = events.decode("events", headers, all);

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    @Test
    void shouldRejectBytesThatAreLeftOver() throws IOException {
        // Given
        byte[] bytes = new AvroSerializer<BackendEvent>(registry).serialize("events", Samples.event());
        assertThat(bytes).isNotNull();

        // When
        Decoded<BackendEvent> decoded = events.decode("events", headers, Arrays.copyOf(bytes, bytes.length + 1));

        // Then
        assertReason(decoded, RejectionReason.INCOMPATIBLE_SCHEMA);
    }

    private void registerAll() {
        registry.register("events-value", BackendEvent.getClassSchema());
        registry.register("segments-value", ReplaySegment.getClassSchema());
        registry.register("links-value", Link.getClassSchema());
        registry.register("spans-value", Span.getClassSchema());
    }

    private static Schema writer(String firstField) {
        return new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"W\",\"fields\":[" + firstField
                        + ",{\"name\":\"event_id\",\"type\":\"string\"},{\"name\":\"project_id\",\"type\":\"long\"}"
                        + ",{\"name\":\"timestamp_ms\",\"type\":\"long\"}]}");
    }

    private static ByteArrayOutputStream prefixed(int id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 0, 0, 0, (byte) id});
        return bytes;
    }

    private <T extends SpecificRecord> AvroDecoder<T> decoder(Class<T> type) {
        return new AvroDecoder<>(AvroDeserializer.of(type, registry), type);
    }

    private static Random seeded() {
        long seed = Long.getLong("replaylinker.seed", System.nanoTime());
        System.out.println("HostileBytesTest: -Dreplaylinker.seed=" + seed);
        return new Random(seed);
    }

    private static void assertReason(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> assertThat(rejection.reason())
                .isEqualTo(reason));
    }
}
