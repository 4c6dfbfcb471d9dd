package io.replaylinker.tools.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.schemas.DeadLetter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AffectedTest {

    private static final Instant NOW = Instant.parse("2026-10-05T12:00:00Z");

    private final Affected affected = new Affected(Duration.ofMinutes(5), Duration.ofMinutes(90));

    @Test
    void shouldMeanNothingOfNothing() {
        assertThat(affected.options(NOW)).isEmpty();
    }

    @Test
    void shouldMeanAnEventItself() {
        affected.add(deadLetter("decode-events", "2026-10-05T09:00:00Z"));
        affected.add(deadLetter("decode-events", "2026-10-05T08:00:00.250Z"));

        assertThat(affected.options(NOW)).contains("--from 2026-10-05T08:00:00.250Z --to 2026-10-05T09:00:00.001Z");
    }

    @Test
    void shouldMeanTheEventsThatASegmentWouldHaveReached() {
        affected.add(deadLetter("decode-replays", "2026-10-05T09:00:00Z"));

        assertThat(affected.options(NOW)).contains("--from 2026-10-05T08:55:00Z --to 2026-10-05T10:30:00.001Z");
    }

    @Test
    void shouldLeaveTheEndOpenWhereItIsStillToCome() {
        affected.add(deadLetter("decode-replays", "2026-10-05T11:00:00Z"));

        assertThat(affected.options(NOW)).contains("--from 2026-10-05T10:55:00Z");
    }

    private static DeadLetterRecord deadLetter(String stage, String recordTime) {
        return new DeadLetterRecord(
                DeadLetter.newBuilder()
                        .setTopic("events")
                        .setPartition(0)
                        .setOffset(7)
                        .setRecordTimestampMs(Instant.parse(recordTime).toEpochMilli())
                        .setStage(stage)
                        .setReason("NOT_JSON")
                        .setDetail("")
                        .setSizeBytes(5)
                        .build(),
                NOW);
    }
}
