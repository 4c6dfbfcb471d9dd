package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.ScriptedRegistry;
import io.replaylinker.testkit.containers.Platform;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our serdes and Confluent's over one registry: each reads what the other writes, and theirs can take the place of ours. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Platform.class,
        names = {"EMBEDDED", "CONTAINERS"})
class ConfluentSerdesIT {

    /** One for all tests: it takes seconds to load and holds no state of a test. */
    private static final ConfluentOracle ORACLE = ConfluentOracle.alone();

    private static io.replaylinker.testkit.@Nullable SchemaRegistry server;

    private final String topic = "topic-" + UUID.randomUUID();

    @Parameter
    Platform platform = Platform.EMBEDDED;

    @BeforeParameterizedClassInvocation
    static void start(Platform platform) {
        server = platform.startRegistry();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    static Stream<SpecificRecord> samples() {
        return Stream.of(Samples.event(), Samples.segment(), Samples.span(), Samples.link());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldWriteWhatConfluentReads(SpecificRecord record) {
        // Given
        byte[] ours = write(record, settings());

        // When
        byte[] read = ORACLE.reader(settings(), topic).apply(ours);

        // Then
        assertThat(read).isEqualTo(Arrays.copyOfRange(ours, 5, ours.length));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldReadWhatConfluentWrites(SpecificRecord record) {
        // Given
        byte[] ours = write(record, Samples.mock());
        byte[] binary = Arrays.copyOfRange(ours, 5, ours.length);

        // When
        byte[] theirs =
                ORACLE.writer(settings(), topic, record.getSchema().toString()).apply(binary);

        // Then
        assertThat(read(record.getClass(), theirs)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldUseTheSameSchemaIdAsConfluent(SpecificRecord record) {
        // Given
        byte[] ours = write(record, settings());

        // When
        byte[] theirs = ORACLE.writer(settings(), topic, record.getSchema().toString())
                .apply(Arrays.copyOfRange(ours, 5, ours.length));

        // Then
        assertThat(theirs).isEqualTo(ours);
    }

    @Test
    void shouldLetConfluentsSerdesTakeThePlaceOfOurs() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (ConfluentOracle confluent = ConfluentOracle.onOurClassPath()) {
            // Given
            thread.setContextClassLoader(confluent.loader());
            Map<String, Object> settings = settings();
            settings.put(ValueSerdes.DESERIALIZER, ConfluentOracle.DESERIALIZER);
            settings.put(ValueSerdes.SERIALIZER, ConfluentOracle.SERIALIZER);
            ValueSerdes serdes = ValueSerdes.of(settings);
            Serializer<BackendEvent> serializer = serdes.serializer(BackendEvent.class);
            RecordDecoder<BackendEvent> decoder = serdes.decoder(BackendEvent.class);

            // When
            byte[] bytes = Objects.requireNonNull(serializer.serialize(topic, Samples.event()));

            // Then
            assertThat(serdes.registry()).isNull();
            assertThat(serializer.getClass().getName()).isEqualTo(ConfluentOracle.SERIALIZER);
            assertThat(decoder.decode(topic, new RecordHeaders(), bytes)).isEqualTo(Decoded.value(Samples.event()));
            assertReason(decoder, new byte[] {0, 0x7f, 0, 0, 0, 2}, RejectionReason.UNKNOWN_SCHEMA);
            assertReason(decoder, new byte[] {1, 2, 3, 4, 5, 6}, RejectionReason.NOT_AVRO);
            assertReason(decoder, new byte[] {0, 1}, RejectionReason.NOT_AVRO);
            assertReason(decoder, Arrays.copyOf(bytes, 20), RejectionReason.INCOMPATIBLE_SCHEMA);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 401, 403})
    void shouldNotTakeConfluentsOutageForABadRecord(int status) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (ConfluentOracle confluent = ConfluentOracle.onOurClassPath();
                ScriptedRegistry broken = ScriptedRegistry.statuses("<html>broken</html>", status)) {
            // Given
            thread.setContextClassLoader(confluent.loader());
            RecordDecoder<BackendEvent> decoder = ValueSerdes.of(Map.of(
                            "schema.registry.url",
                            broken.url(),
                            "max.retries",
                            0,
                            ValueSerdes.DESERIALIZER,
                            ConfluentOracle.DESERIALIZER))
                    .decoder(BackendEvent.class);

            // When / Then
            assertThatThrownBy(() -> decoder.decode(topic, new RecordHeaders(), new byte[] {0, 0, 0, 0, 1, 2, 3}))
                    .isInstanceOf(RegistryUnavailableException.class);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("schema.registry.url", url()));
    }

    private static String url() {
        return Objects.requireNonNull(server).url();
    }

    private byte[] write(SpecificRecord record, Map<String, Object> settings) {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(settings, false);
        return Objects.requireNonNull(serializer.serialize(topic, record));
    }

    private Object read(Class<? extends SpecificRecord> type, byte[] bytes) {
        Deserializer<? extends SpecificRecord> deserializer = AvroDeserializer.of(type);
        deserializer.configure(settings(), false);
        return deserializer.deserialize(topic, bytes);
    }

    private void assertReason(RecordDecoder<?> decoder, byte[] bytes, RejectionReason reason) {
        assertReason(decoder.decode(topic, new RecordHeaders(), bytes), reason);
    }

    private static void assertReason(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> assertThat(rejection.reason())
                .isEqualTo(reason));
    }
}
