package io.replaylinker.serdes.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.Decoded;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueSerdesTest {

    @Test
    void shouldUseOursByDefault() {
        // Given
        ValueSerdes serdes = ValueSerdes.of(Samples.mock());

        // When
        byte[] bytes = serdes.serializer(Link.class).serialize("links", Samples.link());

        // Then
        assertThat(serdes.decoder(Link.class).decode("links", new RecordHeaders(), bytes))
                .isEqualTo(Decoded.value(Samples.link()));
        assertThat(serdes.registry()).isNotNull();
    }

    @Test
    void shouldUseTheClassesOfTheSettings() {
        // Given
        Map<String, Object> settings = Map.of(
                ValueSerdes.DESERIALIZER,
                StringDeserializer.class.getName(),
                ValueSerdes.SERIALIZER,
                StringSerializer.class);

        // When
        ValueSerdes serdes = ValueSerdes.of(settings);

        // Then
        assertThat(serdes.registry()).isNull();
        assertThat(serdes.deserializer(Link.class)).isInstanceOf(StringDeserializer.class);
        assertThat(serdes.serializer(Link.class)).isInstanceOf(StringSerializer.class);
    }

    @Test
    void shouldReplaceOneSideAlone() {
        // Given
        Map<String, Object> settings = new HashMap<>(Samples.mock());
        settings.put(ValueSerdes.SERDE, Serdes.StringSerde.class.getName());
        settings.put(ValueSerdes.SERIALIZER, AvroSerializer.class.getName());

        // When
        ValueSerdes serdes = ValueSerdes.of(settings);

        // Then
        assertThat(serdes.deserializer(Link.class)).isInstanceOf(StringDeserializer.class);
        assertThat(serdes.serializer(Link.class)).isInstanceOf(AvroSerializer.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value.deserializer | com.acme.Missing                                          | cannot be loaded",
                "value.deserializer | java.lang.String                                          | that implements org.apache.kafka.common.serialization.Deserializer",
                "value.serializer   | org.apache.kafka.common.serialization.StringDeserializer  | that implements org.apache.kafka.common.serialization.Serializer",
                "value.serde        | 17                                                        | cannot be loaded",
                "use.latest.version | perhaps                                                   | must be true or false",
                "max.retries        | x                                                         | whole number"
            })
    void shouldReportAMistakeAtOnce(String name, String value, String message) {
        // Given
        Map<String, Object> settings = new HashMap<>(Samples.mock());
        settings.put(name, value);

        // When / Then
        assertThatThrownBy(() -> ValueSerdes.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(name, message);
    }

    @Test
    void shouldReportWhatAReplacementDoesNotAccept() {
        // Given
        ValueSerdes serdes = ValueSerdes.of(Map.of(
                ValueSerdes.SERDE,
                Serdes.ListSerde.class.getName(),
                "default.list.value.serde.inner",
                "com.acme.Missing"));

        // When / Then
        assertThatThrownBy(() -> serdes.deserializer(Link.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.serde");
    }
}
