package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SchemaRegistry;
import io.replaylinker.serdes.registry.UnknownSchemaException;
import io.replaylinker.testkit.containers.Platform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold against a real registry. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Platform.class,
        names = {"EMBEDDED", "CONTAINERS"})
class RealRegistryIT {

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

    @Test
    void shouldReportBeforeTheFirstRecordWhetherASubjectTakesIt() throws Exception {
        // Given
        AvroSerializer<Link> serializer = new AvroSerializer<>(registry());
        Schema other = SchemaBuilder.record("Other").fields().requiredLong("x").endRecord();

        // When / Then
        assertThat(serializer.rehearse(topic, Link.getClassSchema())).isFalse();
        registry().register(topic + "-value", Link.getClassSchema());
        assertThat(serializer.rehearse(topic, Link.getClassSchema())).isTrue();
        assertThat(registry().accepts(topic + "-value", Link.getClassSchema())).isTrue();
        demandCompatibility(topic + "-value");
        assertThat(registry().accepts(topic + "-value", other)).isFalse();
        assertThatThrownBy(() -> serializer.rehearse(topic, other))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("Subject " + topic + "-value does not accept Other");
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
    void shouldReportWhatToDoAboutASchemaThatIsNotRegistered() {
        // Given
        Map<String, Object> settings = settings();
        settings.put("auto.register.schemas", false);

        // When / Then
        assertThatThrownBy(() -> write(Samples.link(), settings))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("Link", topic + "-value", "auto.register.schemas=true");
    }

    @Test
    void shouldReportWhyASubjectRefusesASchema() throws Exception {
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

    private static Map<String, Object> settings() {
        return new HashMap<>(Map.of("schema.registry.url", url()));
    }

    private static String url() {
        return Objects.requireNonNull(server).url();
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.open(RegistrySettings.of(settings()));
    }

    private byte[] write(SpecificRecord record, Map<String, Object> settings) {
        AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
        serializer.configure(settings, false);
        return Objects.requireNonNull(serializer.serialize(topic, record));
    }

    private void assertReason(RecordDecoder<?> decoder, byte[] bytes, RejectionReason reason) {
        assertReason(decoder.decode(topic, new RecordHeaders(), bytes), reason);
    }

    private static void assertReason(Decoded<?> decoded, RejectionReason reason) {
        assertThat(decoded).isInstanceOfSatisfying(Decoded.Rejection.class, rejection -> assertThat(rejection.reason())
                .isEqualTo(reason));
    }
}
