package io.replaylinker.sinks.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.testkit.DocumentedBlock;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinkMessageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldWriteTheOuterObjectAsSentrysOwnProducerDoes() throws IOException {
        // Given
        Link link = SentryLinks.builder(7, 3).setRetentionDays(30).setVersion(4).build();

        // When
        JsonNode message = JSON.readTree(EventLinkMessage.of(link));

        // Then
        assertThat(message.fieldNames())
                .toIterable()
                .containsExactly(
                        "type", "start_time", "replay_id", "project_id", "segment_id", "retention_days", "payload");
        assertThat(message.get("type").asText()).isEqualTo("replay_event");
        assertThat(message.get("start_time").longValue()).isEqualTo(1_772_600_772L);
        assertThat(message.get("start_time").isIntegralNumber()).isTrue();
        assertThat(message.get("replay_id").asText()).isEqualTo(SentryLinks.replayHex(3));
        assertThat(message.get("project_id").longValue()).isEqualTo(SentryLinks.REPLAY_PROJECT);
        assertThat(message.get("segment_id").isNull()).isTrue();
        assertThat(message.get("retention_days").intValue()).isEqualTo(30);
        assertThat(message.get("payload").isArray()).isTrue();
    }

    @Test
    void shouldWriteThePayloadAsAListOfBytes() throws IOException {
        // Given
        Id eventId = new Id(HexFormat.of().parseHex("1102497293404247906e36789ab85c79"));
        Link link = SentryLinks.builder(7, 3)
                .setEvent(SentryLinks.summary(7).setEventId(eventId).build())
                .build();

        // When
        JsonNode payload = payload(EventLinkMessage.of(link));

        // Then
        assertThat(payload.toString())
                .isEqualTo("{\"type\":\"event_link\",\"replay_id\":\"" + SentryLinks.replayHex(3)
                        + "\",\"timestamp\":1772600767,\"event_hash\":\"89ff2a6a-0cf9-ff7a-6a38-ea942a0000a0\","
                        + "\"error_id\":\"1102497293404247906e36789ab85c79\"}");
    }

    @Test
    void shouldWriteWhatTheHandbookShows() throws IOException {
        Link link = SentryLinks.builder(7, 3)
                .setEvent(SentryLinks.summary(7)
                        .setEventId(new Id(HexFormat.of().parseHex("1102497293404247906e36789ab85c79")))
                        .build())
                .setReplayId(new Id(HexFormat.of().parseHex("80febf0fc6694c97a19f6d0dcb535556")))
                .build();

        byte[] message = EventLinkMessage.of(link);

        DocumentedBlock.of(
                        "docs/formats.md",
                        "{\"type\":\"replay_event\",\"start_time\":1772600772,\"replay_id\":\"80febf0fc6694c97a19f6d0dcb535556\",\"project_id\":11,\"segment_id\":null,\"retention_days\":90,\"payload\":[123,34,...]}")
                .shows(new String(message, UTF_8).replaceFirst("\\[123,34,[0-9,]*]", "[123,34,...]"));
        DocumentedBlock.of(
                        "docs/formats.md",
                        "{\"type\":\"event_link\",\"replay_id\":\"80febf0fc6694c97a19f6d0dcb535556\",\"timestamp\":1772600767,\"event_hash\":\"89ff2a6a-0cf9-ff7a-6a38-ea942a0000a0\",\"error_id\":\"1102497293404247906e36789ab85c79\"}")
                .shows(payload(message).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fatal", "error", "warning", "info", "debug", "ERROR"})
    void shouldWriteTheIdAtItsLevelAndAtNoOther(String level) throws IOException {
        // Given
        Link link = SentryLinks.withLevel(7, 3, level);

        // When
        JsonNode payload = payload(EventLinkMessage.of(link));

        // Then
        List<String> ids = payload.properties().stream()
                .map(field -> field.getKey())
                .filter(name -> name.endsWith("_id") && !name.equals("replay_id"))
                .toList();
        assertThat(ids).containsExactly(level.toLowerCase(Locale.ROOT) + "_id");
        assertThat(payload.get(ids.get(0)).asText()).isEqualTo(SentryLinks.hex(7));
    }

    @Test
    void shouldKeepNumbersWithinSentrysColumns() throws IOException {
        // Given
        Link link = SentryLinks.builder(7, 3)
                .setEvent(SentryLinks.summary(7).setTimestampMs(Long.MAX_VALUE).build())
                .setLinkedAtMs(-1)
                .setRetentionDays(70_000)
                .build();

        // When
        byte[] message = EventLinkMessage.of(link);

        // Then
        assertThat(payload(message).get("timestamp").longValue()).isEqualTo(4_294_967_295L);
        assertThat(JSON.readTree(message).get("start_time").longValue()).isZero();
        assertThat(JSON.readTree(message).get("retention_days").intValue()).isEqualTo(65_535);
    }

    @Test
    void shouldWriteTheSameBytesForTheSameLink() throws IOException {
        assertThat(EventLinkMessage.of(SentryLinks.byTrace(7, 3)))
                .isEqualTo(EventLinkMessage.of(SentryLinks.byTrace(7, 3)));
    }

    @Test
    void shouldBeReadByTheJoinAsAControlMessage() throws IOException {
        // Given
        byte[] message = EventLinkMessage.of(SentryLinks.byTrace(7, 3));

        // When
        Decoded<ReplaySegment> decoded =
                new SentryReplayDecoder().decode("ingest-replay-events", new RecordHeaders(), message);

        // Then
        assertThat(decoded).isEqualTo(Decoded.control("event_link"));
    }

    private static JsonNode payload(byte[] message) throws IOException {
        JsonNode list = JSON.readTree(message).get("payload");
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) list.get(i).intValue();
        }
        return JSON.readTree(new String(bytes, UTF_8));
    }
}
