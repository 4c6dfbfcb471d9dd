package io.replaylinker.serdes.sentry;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void shouldHoldBothKindsOfMessagesAndBothFormsOfPayload() throws IOException {
        int lists = 0;
        for (Capture.Message replay : replays()) {
            lists += replay.tree().path("payload").isArray() ? 1 : 0;
        }
        assertThat(events()).hasSize(19);
        assertThat(replays()).hasSize(8);
        assertThat(lists).isBetween(1, 7);
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
}
