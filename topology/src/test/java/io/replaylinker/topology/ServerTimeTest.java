package io.replaylinker.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ServerTimeTest {

    private static final long TEN_MINUTES_MS = 600_000;

    private final ServerTime time = new ServerTime(Clock.fixed(Instant.ofEpochMilli(Samples.TEN), ZoneOffset.UTC));

    @Test
    void shouldTrustAnOrdinaryTimestamp() {
        assertThat(extract(Samples.at(-5), 0)).isEqualTo(Samples.at(-5));
    }

    @Test
    void shouldUseTheRecordBeforeWhenThereIsNone() {
        assertThat(extract(-1, Samples.at(-7))).isEqualTo(Samples.at(-7));
    }

    @Test
    void shouldUseNowWhenThereIsNoRecordBeforeEither() {
        assertThat(extract(-1, -1)).isEqualTo(Samples.TEN);
    }

    @Test
    void shouldBoundOneOfTheFarFuture() {
        assertThat(extract(Instant.parse("2096-01-01T00:00:00Z").toEpochMilli(), 0))
                .isEqualTo(Samples.TEN + TEN_MINUTES_MS);
    }

    private long extract(long timestampMs, long partitionTimeMs) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "events",
                0,
                0,
                timestampMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
        return time.extract(record, partitionTimeMs);
    }
}
