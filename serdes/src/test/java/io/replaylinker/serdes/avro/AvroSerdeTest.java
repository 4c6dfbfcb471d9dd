package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.registry.IncompatibleSchemaException;
import io.replaylinker.serdes.registry.RegistrySettings;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroSerdeTest {

    private final SchemaRegistry registry = SchemaRegistry.open(RegistrySettings.of(Samples.mock()));

    @Test
    void shouldReadWhatItWrote() {
        // Given
        AvroSerde<Link> serde = new AvroSerde<>(Link.class);
        serde.configure(Samples.mock(), false);

        // When
        byte[] bytes = serde.serializer().serialize("replay-links", Samples.link());

        // Then
        assertThat(bytes).startsWith(0, 0, 0, 0, 1);
        assertThat(serde.deserializer().deserialize("replay-links", bytes)).isEqualTo(Samples.link());
    }

    @Test
    void shouldReportEveryMistakeAtOnce() {
        // Given
        AvroSerde<BackendEvent> serde = new AvroSerde<>(BackendEvent.class);
        Map<String, Object> settings = Map.of(
                "schema.registry.url", "localhost:8081",
                "auto.register.schemas", "yes",
                "value.subject.name.strategy", "com.acme.Mine",
                "basic.auth.credentials.source", "SASL_INHERIT",
                "max.retries", "many");

        // When / Then
        assertThatThrownBy(() -> serde.configure(settings, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "schema.registry.url",
                        "auto.register.schemas: must be true or false, not 'yes'",
                        "value.subject.name.strategy: must be one of",
                        "SASL_INHERIT, which is not supported",
                        "max.retries: must be a whole number");
    }

    @Test
    void shouldPassNullOn() {
        // Given
        AvroSerde<Link> serde = configured(Map.of());

        // When / Then
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "TopicNameStrategy, links-value",
        "io.confluent.kafka.serializers.subject.TopicNameStrategy, links-value",
        "RecordNameStrategy, io.replaylinker.schemas.Link",
        "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy, links-io.replaylinker.schemas.Link"
    })
    void shouldRegisterUnderTheSubjectOfTheStrategy(String strategy, String subject) {
        // Given
        AvroSerde<Link> serde = configured(Map.of("value.subject.name.strategy", strategy));

        // When
        serde.serializer().serialize("links", Samples.link());

        // Then
        assertThat(registry.latest(subject).schema()).isEqualTo(Link.getClassSchema());
    }

    @Test
    void shouldRegisterWithoutJavasHints() {
        // Given
        AvroSerde<Link> serde = configured(Map.of("avro.remove.java.properties", true));

        // When
        byte[] bytes = serde.serializer().serialize("links", Samples.link());

        // Then
        assertThat(registry.latest("links-value").schema().toString()).doesNotContain("avro.java.string");
        assertThat(serde.deserializer().deserialize("links", bytes)).isEqualTo(Samples.link());
    }

    @Test
    void shouldWriteInTheNewestSchema() {
        // Given: a later version has a field more, in the middle
        Schema newer = SchemaBuilder.record("io.replaylinker.schemas.ReplaySegment")
                .fields()
                .requiredString("replay_id")
                .name("added")
                .type()
                .longType()
                .longDefault(9)
                .requiredLong("project_id")
                .endRecord();
        int id = registry.register("segments-value", newer);
        AvroSerializer<ReplaySegment> serializer = new AvroSerializer<>(registry);
        serializer.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);

        // When
        byte[] bytes = serializer.serialize("segments", Samples.segment());

        // Then
        AvroDeserializer<GenericRecord> generic = new AvroDeserializer<>();
        generic.shareRegistry(registry);
        generic.configure(Map.of("specific.avro.reader", false), false);
        assertThat(bytes).startsWith(0, 0, 0, 0, id);
        assertThat(generic.deserialize("segments", bytes))
                .isEqualTo(new GenericRecordBuilder(newer)
                        .set("replay_id", new Utf8(Samples.REPLAY_ID))
                        .set("added", 9L)
                        .set("project_id", 43L)
                        .build());
    }

    @Test
    void shouldNotWriteInANewestSchemaThatCannotReadIt() {
        // Given
        registry.register(
                "segments-value",
                SchemaBuilder.record("io.replaylinker.schemas.ReplaySegment")
                        .fields()
                        .requiredLong("unheard_of")
                        .endRecord());
        AvroSerializer<ReplaySegment> serializer = new AvroSerializer<>(registry);
        serializer.configure(Map.of("auto.register.schemas", false, "use.latest.version", true), false);

        // When / Then
        assertThatThrownBy(() -> serializer.serialize("segments", Samples.segment()))
                .isInstanceOf(IncompatibleSchemaException.class)
                .hasMessageContaining("unheard_of");
    }

    @Test
    void shouldReadTheIdInTheHeader() {
        // Given
        AvroSerde<Link> serde = configured(Map.of());
        byte[] bytes = Objects.requireNonNull(serde.serializer().serialize("links", Samples.link()));
        Headers headers = new RecordHeaders().add("__value_schema_id", Arrays.copyOf(bytes, 5));

        // When
        Link link = serde.deserializer().deserialize("links", headers, Arrays.copyOfRange(bytes, 5, bytes.length));

        // Then
        assertThat(link).isEqualTo(Samples.link());
    }

    @Test
    void shouldReadTheGuidInTheHeader() {
        // Given
        AvroSerde<Link> serde = configured(Map.of());
        byte[] bytes = Objects.requireNonNull(serde.serializer().serialize("links", Samples.link()));
        UUID guid = UUID.nameUUIDFromBytes(Link.getClassSchema().toString().getBytes(StandardCharsets.UTF_8));
        byte[] header = ByteBuffer.allocate(17)
                .put((byte) 1)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();

        // When
        Link link = serde.deserializer()
                .deserialize(
                        "links",
                        new RecordHeaders().add("__value_schema_id", header),
                        Arrays.copyOfRange(bytes, 5, bytes.length));

        // Then
        assertThat(link).isEqualTo(Samples.link());
    }

    @Test
    void shouldFindTheClassByTheSchemasNameOrTheSetting() {
        // Given
        byte[] bytes = configured(Map.of()).serializer().serialize("links", Samples.link());
        AvroDeserializer<Link> byName = new AvroDeserializer<>();
        byName.shareRegistry(registry);
        byName.configure(Map.of(), false);
        AvroDeserializer<Link> bySetting = new AvroDeserializer<>();
        bySetting.shareRegistry(registry);
        bySetting.configure(Map.of("specific.avro.value.type", Link.class.getName()), false);

        // When / Then
        assertThat(byName.deserialize("links", bytes)).isEqualTo(Samples.link());
        assertThat(bySetting.deserialize("links", bytes)).isEqualTo(Samples.link());
    }

    @Test
    void shouldNotWriteARecordWithAHole() {
        // Given
        AvroSerializer<ReplaySegment> serializer = new AvroSerializer<>(registry);

        // When / Then
        assertThatThrownBy(() -> serializer.serialize("segments", new ReplaySegment()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("does not keep to its schema")
                .cause()
                .hasMessageContaining("ReplaySegment.replay_id");
    }

    private AvroSerde<Link> configured(Map<String, Object> settings) {
        AvroSerde<Link> serde = new AvroSerde<>(Link.class, registry);
        serde.configure(settings, false);
        return serde;
    }
}
