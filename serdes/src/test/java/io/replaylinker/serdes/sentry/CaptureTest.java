package io.replaylinker.serdes.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real traffic: every field of every message is what a slow reading of the same JSON says. */
class CaptureTest {

    static List<Capture.Message> events() {
        return Capture.events();
    }

    static List<Capture.Message> replays() {
        return Capture.replays();
    }

    static List<Capture.Message> spans() {
        return Capture.spans();
    }

    @Test
    void shouldHoldBothKindsOfMessagesAndBothFormsOfPayload() throws IOException {
        int lists = 0;
        for (Capture.Message replay : replays()) {
            lists += replay.tree().path("payload").isArray() ? 1 : 0;
        }
        assertThat(events()).hasSize(25);
        assertThat(replays()).hasSize(15);
        assertThat(lists).isBetween(1, 14);
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadEveryFieldOfAnEvent(Capture.Message message) throws IOException {
        assertThat(new SentryEventDecoder().decode(message.topic(), new RecordHeaders(), message.value()))
                .isEqualTo(Decoded.value(ReferenceDecoder.event(message.tree())));
    }

    @ParameterizedTest
    @MethodSource("replays")
    void shouldReadEveryFieldOfASegment(Capture.Message message) throws IOException {
        assertThat(new SentryReplayDecoder().decode(message.topic(), new RecordHeaders(), message.value()))
                .isEqualTo(Decoded.value(ReferenceDecoder.segment(message.tree())));
    }

    @ParameterizedTest
    @MethodSource("spans")
    void shouldReadEveryFieldOfASpan(Capture.Message message) throws IOException {
        Span expected = ReferenceDecoder.span(message.tree());

        assertThat(new SentrySpanDecoder().decode(message.topic(), new RecordHeaders(), message.value()))
                .isEqualTo(expected == null ? Decoded.control("inner_span") : Decoded.value(expected));
    }

    @Test
    void shouldTakeSegmentsAndEdgesOnly() {
        int segments = 0;
        int edges = 0;
        for (Capture.Message message : spans()) {
            if (Decoding.decodeSpan(message.value()) instanceof Decoded.Value<Span> taken) {
                segments += taken.value().getIsSegment() ? 1 : 0;
                edges += taken.value().getIsSegment() ? 0 : 1;
            }
        }
        assertThat(spans()).hasSize(94);
        assertThat(segments).isEqualTo(20);
        assertThat(edges).isEqualTo(3);
    }
}
