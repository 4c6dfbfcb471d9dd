package io.replaylinker.worker.reprocess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.topology.ReplaySideSettings;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SettingsReader;
import io.replaylinker.worker.wiring.SerdesWiring;
import io.replaylinker.worker.wiring.TopologyWiring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

    private static final TopicPartition EVENTS = new TopicPartition(Visits.EVENTS, 0);
    private static final TopicPartition REPLAYS = new TopicPartition(Visits.REPLAYS, 0);
    private static final Instant START = Instant.parse("2026-10-05T09:00:00Z");
    private static final String REPLAY = "5e".repeat(16);
    private static final String TRACE = "7a".repeat(16);

    @TempDir
    private Path folder = Path.of("");

    private final Settings settings = SettingsReader.of(
            Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://reading"));
    private final TopologySettings shape =
            new TopologyWiring(settings, SerdesWiring.serdes(settings)).shape(ReplaySideSettings.bounded());

    /** The first record after a pause does not belong to what waited before it: that the time has come is known before the record is. */
    @Test
    void shouldLetTheTimeOfARecordPassBeforeItIsTaken() throws InterruptedException {
        assertThat(linkedBySegmentAfter(Duration.ofMinutes(14))).isTrue();
        assertThat(linkedBySegmentAfter(Duration.ofMinutes(16))).isFalse();
    }

    private boolean linkedBySegmentAfter(Duration pause) throws InterruptedException {
        Instant at = START.plus(pause);
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.updateBeginningOffsets(Map.of(EVENTS, 0L, REPLAYS, 0L));
        Range range = new Range(START, at.plusSeconds(60), Map.of());
        Plan plan = new Plan(
                range, START, range.to(), Instant.EPOCH, range.to(), List.of(part(EVENTS, false), part(REPLAYS, true)));
        List<Verdict> found = new ArrayList<>();
        try (RunStore store = RunStore.open(folder.resolve(pause.toString()));
                MergedReader reader = new MergedReader(consumer, plan, Map.of(), Clock.systemUTC());
                Meter meter = Meter.start("reading", plan.records(), new PrintWriter(new StringWriter()))) {
            add(
                    consumer,
                    EVENTS,
                    START,
                    Visits.event("e1".repeat(16), "\"trace\":{\"trace_id\":\"" + TRACE + "\"}", START));
            add(consumer, REPLAYS, at, Visits.segment(REPLAY, 0, "\"" + TRACE + "\"", at, START));
            Verdicts verdicts = new Verdicts(store.table('v'), store.table('l'), range);

            new Reading(store, plan, verdicts, shape, () -> false).run(reader, new Pace(0), meter);

            verdicts.each(10, found::addAll);
        }
        assertThat(found).hasSize(1);
        return found.get(0).link() != null;
    }

    private static Plan.Part part(TopicPartition partition, boolean replays) {
        return new Plan.Part(partition, replays, 0, 1, -1, Duration.ZERO);
    }

    private static void add(MockConsumer<byte[], byte[]> consumer, TopicPartition partition, Instant at, String value) {
        consumer.addRecord(new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                0,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty()));
    }
}
