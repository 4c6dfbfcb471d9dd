package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SchemaRegistry;
import io.replaylinker.serdes.registry.ScriptedRegistry;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold against a real registry, and between our serdes and Confluent's over it. */
abstract class RegistryContract {

    /** One for all tests: it takes seconds to load and holds no state of a test. */
    private static final ConfluentOracle ORACLE = ConfluentOracle.alone();

    private final String topic = "topic-" + UUID.randomUUID();

    /** Address of the registry that the tests share. */
    abstract String url();

    static Stream<SpecificRecord> samples() {
        return Stream.of(Samples.event(), Samples.segment(), Samples.link());
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
        try (ConfluentOracle confluent = ConfluentOracle.besideOurs()) {
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
        try (ConfluentOracle confluent = ConfluentOracle.besideOurs();
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

    @Test
    void shouldReadRecordsOfAnOlderAndOfANewerSchema() {
        // Given
        SchemaRegistry registry = registry();
        Schema older = SchemaBuilder.record("io.replaylinker.schemas.BackendEvent")
                .fields()
                .requiredString("event_id")
                .requiredLong("project_id")
                .requiredLong("timestamp_ms")
                .endRecord();
        var record = new GenericRecordBuilder(older)
                .set("event_id", Samples.EVENT_ID)
                .set("project_id", 42L)
                .set("timestamp_ms", 5L)
                .build();
        byte[] bytes = new AvroSerializer<GenericRecord>(registry).serialize(topic, record);

        // When
        Decoded<BackendEvent> decoded = new AvroDecoder<>(
                        AvroDeserializer.of(BackendEvent.class, registry()), BackendEvent.class)
                .decode(topic, new RecordHeaders(), bytes);

        // Then
        assertThat(decoded)
                .isEqualTo(Decoded.value(BackendEvent.newBuilder()
                        .setEventId(Samples.EVENT_ID)
                        .setProjectId(42)
                        .setTimestampMs(5)
                        .build()));
    }

    @Test
    void shouldNotTakeAnyUnknownIdForAnOutage() {
        // Given
        RecordDecoder<Link> decoder = ValueSerdes.of(settings()).decoder(Link.class);

        // When / Then
        for (int id : new int[] {0, 999_999, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(9).put((byte) 0).putInt(id).array();
            assertReason(decoder, bytes, RejectionReason.UNKNOWN_SCHEMA);
        }
    }

    @Test
    void shouldNotTakeAnUnknownGuidForAnOutage() {
        // Given
        byte[] header = new byte[17];
        header[0] = 1;
        RecordDecoder<Link> decoder = ValueSerdes.of(settings()).decoder(Link.class);

        // When
        Decoded<Link> decoded =
                decoder.decode(topic, new RecordHeaders().add("__value_schema_id", header), new byte[] {1, 2});

        // Then
        assertReason(decoded, RejectionReason.UNKNOWN_SCHEMA);
    }

    @Test
    void shouldFindWhatIsRegisteredAndNothingElse() {
        // Given
        SchemaRegistry registry = registry();
        int id = registry.register(topic + "-value", Link.getClassSchema());

        // When
        SchemaRegistry fresh = registry();

        // Then
        assertThat(fresh.idOf(topic + "-value", Link.getClassSchema())).isEqualTo(id);
        assertThat(fresh.byId(id)).isEqualTo(Link.getClassSchema());
        assertThat(fresh.latest(topic + "-value").id()).isEqualTo(id);
        assertThatThrownBy(() -> fresh.idOf(topic + "-value", BackendEvent.getClassSchema()))
                .isInstanceOf(UnknownSchemaException.class);
        assertThatThrownBy(() -> fresh.latest("no-such-subject")).isInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void shouldFindASchemaThatWasRegisteredFromItsFile() {
        // Given
        Map<String, Object> settings = settings();
        settings.put("auto.register.schemas", false);
        int id = registry().register(topic + "-value", JavaProperties.remove(Link.getClassSchema()));

        // When
        byte[] bytes = write(Samples.link(), settings);

        // Then
        assertThat(bytes).startsWith(ByteBuffer.allocate(5).putInt(1, id).array());
    }

    @Test
    void shouldSayWhatToDoAboutASchemaThatIsNotRegistered() {
        // Given
        Map<String, Object> settings = settings();
        settings.put("auto.register.schemas", false);

        // When / Then
        assertThatThrownBy(() -> write(Samples.link(), settings))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("Link", topic + "-value", "auto.register.schemas=true");
    }

    @Test
    void shouldTellWhyASubjectRefusesASchema() throws Exception {
        // Given
        registry().register(topic + "-value", record("{\"name\":\"id\",\"type\":\"string\"}"));
        demandCompatibility(topic + "-value");

        // When / Then
        assertThatThrownBy(() -> registry().register(topic + "-value", record("{\"name\":\"n\",\"type\":\"long\"}")))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContainingAll(topic + "-value", "incompatible");
    }

    @Test
    void shouldVerifyTheAddress() {
        // When
        registry().verify();

        // Then
        assertThat(url()).startsWith("http://");
    }

    private void demandCompatibility(String subject) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url() + "/config/" + subject))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"FULL\"}"))
                .build();
        var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static Schema record(String field) {
        return new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + field + "]}");
    }

    private Map<String, Object> settings() {
        return new HashMap<>(Map.of("schema.registry.url", url()));
    }

    private SchemaRegistry registry() {
        return SchemaRegistry.open(RegistrySettings.of(settings()));
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
