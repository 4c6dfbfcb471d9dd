package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SinkMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void shouldCountSinksApartThatReadOneTopic() {
        SinkMetrics links = new SinkMetrics(registry, "links", Clock.systemUTC());
        SinkMetrics sentry = new SinkMetrics(registry, "sentry", Clock.systemUTC());

        links.setAside();
        links.setAside();
        sentry.setAside();

        assertThat(registry.get("replay_linker_sink_set_aside")
                        .tag("sink", "links")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("replay_linker_sink_set_aside")
                        .tag("sink", "sentry")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldTimeTheRowThatTookLongest() {
        SinkMetrics metrics = new SinkMetrics(registry, "links", Clock.fixed(NOW, ZoneOffset.UTC));
        List<SourceRecord> records = List.of(
                new SourceRecord(0, NOW.minusSeconds(2).toEpochMilli(), 1, null),
                new SourceRecord(1, NOW.minusSeconds(7).toEpochMilli(), 1, null),
                new SourceRecord(2, NOW.plusSeconds(5).toEpochMilli(), 1, null));

        metrics.acknowledged(
                new Batch(new TopicPartition("replay-links", 0), records, "abc".getBytes(UTF_8)), Duration.ofMillis(5));

        assertThat(registry.get("replay_linker_sink_visible").timer().max(TimeUnit.SECONDS))
                .isEqualTo(7);
    }
}
