package io.replaylinker.runtime.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

class TopologyWiringTest {

    private static final String REPLAY = "80febf0fc6694c97a19f6d0dcb535556";

    @Test
    void shouldReadSeveralTopicsEachInItsOwnFormat() {
        // Given
        Settings settings = SettingsReader.of(Map.of(
                "kafka.bootstrap.servers", "localhost:9092",
                "schema.registry.url", "mock://several-topics",
                "events.topics", "events:sentry-json,orders:avro,payments:avro,transactions:sentry-json",
                "spans.topics", "ingest-spans:sentry-json,our-spans:avro",
                "replays.topics", "replays:sentry-json,more-replays:sentry-json,old-replays:avro",
                "tenancy", "single"));
        ValueSerdes serdes = SerdesWiring.serdes(settings);
        Properties properties = new Properties();
        properties.putAll(new KafkaProperties(settings).streams());

        try (TopologyTestDriver driver = new TopologyTestDriver(
                new TopologyWiring(settings, serdes)
                        .unbounded(new SimpleMeterRegistry())
                        .build(),
                properties)) {
            // When
            pipe(driver, "more-replays", segment().getBytes(StandardCharsets.UTF_8));
            pipe(driver, "events", event("a1").getBytes(StandardCharsets.UTF_8));
            pipe(driver, "orders", avro(serdes, "orders", event("b2")));
            pipe(driver, "payments", avro(serdes, "payments", event("c3")));
            pipe(driver, "payments", event("d4").getBytes(StandardCharsets.UTF_8));

            pipe(driver, "ingest-spans", span("b1cd9e66f8012345").getBytes(StandardCharsets.UTF_8));
            pipe(driver, "our-spans", avroSpan(serdes, "our-spans", span("b1cd9e66f8012346")));

            // Then
            var links = driver.createOutputTopic(
                    "replay-links", new StringDeserializer(), new DecodedValues<>(serdes.decoder(Link.class)));
            assertThat(links.readValuesToList()).hasSize(5);
            assertThat(driver.createOutputTopic(
                                    "replay-dead-letters", new StringDeserializer(), new StringDeserializer())
                            .getQueueSize())
                    .as("JSON on a topic of Avro")
                    .isEqualTo(1);
        }
    }

    private static void pipe(TopologyTestDriver driver, String topic, byte[] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(null, value, Instant.now());
    }

    private static byte[] avro(ValueSerdes serdes, String topic, String json) {
        Decoded<BackendEvent> decoded =
                new SentryEventDecoder().decode(topic, new RecordHeaders(), json.getBytes(StandardCharsets.UTF_8));
        return serdes.serializer(BackendEvent.class).serialize(topic, ((Decoded.Value<BackendEvent>) decoded).value());
    }

    private static byte[] avroSpan(ValueSerdes serdes, String topic, String json) {
        Decoded<Span> decoded =
                new SentrySpanDecoder().decode(topic, new RecordHeaders(), json.getBytes(StandardCharsets.UTF_8));
        return serdes.serializer(Span.class).serialize(topic, ((Decoded.Value<Span>) decoded).value());
    }

    private static String span(String id) {
        long now = Instant.now().getEpochSecond();
        return """
                {"organization_id":1,"project_id":22,"trace_id":"%s","span_id":"%s","is_segment":true,"name":"GET /cart",\
                "start_timestamp":%d,"end_timestamp":%d,"received":%d,"platform":"node",\
                "attributes":{"sentry.replay_id":{"type":"string","value":"%s"}}}""".formatted("7a".repeat(16), id, now - 2, now - 1, now, REPLAY);
    }

    private static String segment() {
        long now = Instant.now().getEpochSecond();
        return """
                {"start_time":%d,"replay_id":"%s","project_id":11,"retention_days":90,"payload":{"type":"replay_event",\
                "replay_id":"%s","segment_id":0,"replay_type":"session","timestamp":%d,"replay_start_timestamp":%d,\
                "trace_ids":[],"platform":"javascript"}}""".formatted(now, REPLAY, REPLAY, now, now - 5);
    }

    private static String event(String beginning) {
        long now = Instant.now().getEpochSecond();
        return """
                [2,"insert",{"event_id":"%s02497293404247906e36789ab85c","organization_id":1,"project_id":22,"platform":"node",\
                "data":{"type":"error","level":"error","timestamp":%d,"received":%d,"contexts":{"replay":{"replay_id":"%s"}}}},{}]""".formatted(beginning + "11", now - 1, now, REPLAY);
    }
}
