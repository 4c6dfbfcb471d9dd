package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {

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
    void shouldTellEveryMistakeAtOnce() {
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
                        "auto.register.schemas is 'yes', but must be true or false",
                        "value.subject.name.strategy is 'com.acme.Mine'",
                        "SASL_INHERIT, which is not supported",
                        "max.retries is 'many'");
    }
}
