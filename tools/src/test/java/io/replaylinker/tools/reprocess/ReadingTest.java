package io.replaylinker.tools.reprocess;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.Ids;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private static final TopicPartition EVENTS = new TopicPartition(Visits.EVENTS, 0);
    private static final TopicPartition SPANS = new TopicPartition("ingest-spans", 0);
    private static final TopicPartition REPLAYS = new TopicPartition(Visits.REPLAYS, 0);
    private static final Instant START = Instant.parse("2026-10-05T09:00:00Z");
    private static final String REPLAY = "5e".repeat(16);
    private static final String TRACE = "7a".repeat(16);

    private final Settings settings = SettingsReader.of(
            Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "schema.registry.url", "mock://reading"));
    private final TopologySettings topologySettings =
            new TopologyWiring(settings, SerdesWiring.serdes(settings)).topologySettings(WatermarkSettings.bounded());

    /** The first record after a pause does not belong to what waited before it: that the time has come is known before the record is. */
    @Test
    void shouldLetTheTimeOfARecordPassBeforeItIsTaken() throws InterruptedException {
        assertThat(linkedBySegmentAfter(Duration.ofMinutes(14))).isTrue();
        assertThat(linkedBySegmentAfter(Duration.ofMinutes(16))).isFalse();
    }

    @Test
    void shouldLinkASegmentSpanOfTheSpanStream() throws InterruptedException {
        // Given
        String call =
                """
                {"organization_id":1,"project_id":22,"trace_id":"%s","span_id":"b1cd9e66f8012345","is_segment":true,\
                "name":"GET /cart","start_timestamp":%d,"end_timestamp":%d,"received":%d,"platform":"node","attributes":{}}""".formatted(TRACE, START.getEpochSecond(), START.getEpochSecond() + 1, START.getEpochSecond() + 1);
        Instant at = START.plusSeconds(10);

        // When
        List<Verdict> found = read(
                List.of(
                        record(SPANS, 0, START.plusSeconds(1), call),
                        record(REPLAYS, 0, at, Visits.segment(REPLAY, 0, "\"" + TRACE + "\"", at, START))),
                0,
                (passed, seconds) -> {});

        // Then
        assertThat(found).singleElement().satisfies(verdict -> {
            assertThat(Ids.hex(verdict.event())).isEqualTo("b1cd9e66f8012345" + "0".repeat(16));
            assertThat(verdict.link()).isNotNull();
        });
    }

    @Test
    void shouldKnowOfABackendErrorWithoutAnyEvidence() throws InterruptedException {
        List<Verdict> found = read(
                List.of(record(EVENTS, 0, START, Visits.event("%032x".formatted(7), "", START))),
                0,
                (passed, seconds) -> {});

        assertThat(found).singleElement().satisfies(verdict -> {
            Unlinked none = verdict.unlinked();
            assertThat(none).isNotNull();
            assertThat(none.getReason()).isEqualTo(UnlinkedReason.NO_EVIDENCE);
            assertThat(none.getClaimed()).isFalse();
        });
    }

    private boolean linkedBySegmentAfter(Duration pause) throws InterruptedException {
        Instant at = START.plus(pause);
        String segment = Visits.segment(REPLAY, 0, "\"" + TRACE + "\"", at, START);

        List<Verdict> found = read(
                List.of(record(EVENTS, 0, START, event(1)), record(REPLAYS, 0, at, segment)),
                0,
                (passed, seconds) -> {});

        assertThat(found).hasSize(1);
        return found.get(0).link() != null;
    }

    /** Bounded on one side only: a slow machine is no fault. */
    @Test
    void shouldReadNoFasterThanAskedFromTheFirstRecordToTheLast() throws InterruptedException {
        int records = 80;
        int rate = 100;
        List<ConsumerRecord<byte[], byte[]>> all = IntStream.range(0, records)
                .mapToObj(number -> record(EVENTS, number, START.plusMillis(number), event(number)))
                .toList();
        TreeSet<Long> progress = new TreeSet<>();
        long startNanos = System.nanoTime();

        List<Verdict> found = read(all, rate, (passed, seconds) -> {
            assertThat((double) passed).isLessThanOrEqualTo(rate * seconds + 1);
            progress.add(passed);
        });

        assertThat(System.nanoTime() - startNanos)
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos() * (records - 1) / rate);
        assertThat(found).hasSize(records);
        assertThat(progress).as("it goes on").hasSizeGreaterThanOrEqualTo(records);
    }

    /** How many records were passed after so many seconds. */
    private interface Progress {
        void at(long passed, double seconds);
    }

    private List<Verdict> read(List<ConsumerRecord<byte[], byte[]>> records, int perSecond, Progress progress)
            throws InterruptedException {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.updateBeginningOffsets(Map.of(EVENTS, 0L, SPANS, 0L, REPLAYS, 0L));
        Range range = new Range(START, START.plus(Duration.ofHours(1)), Map.of());
        Plan plan = new Plan(
                range,
                range.from(),
                range.to(),
                Instant.EPOCH,
                range.to(),
                List.of(
                        part(EVENTS, SourceKind.EVENTS, records),
                        part(SPANS, SourceKind.SPANS, records),
                        part(REPLAYS, SourceKind.REPLAYS, records)));
        List<Verdict> found = new ArrayList<>();
        try (MergedReader reader = new MergedReader(consumer, plan, Clock.systemUTC());
                Meter meter = Meter.start("reading", plan.records(), new PrintWriter(new StringWriter()))) {
            records.forEach(consumer::addRecord);
            Verdicts verdicts = new Verdicts(range);
            long startNanos = System.nanoTime();
            Reading reading = new Reading(plan, verdicts, topologySettings, () -> {
                progress.at(reader.passed(), (System.nanoTime() - startNanos) / 1e9);
                return false;
            });

            reading.run(reader, new Pace(perSecond), meter);

            verdicts.each(records.size(), found::addAll);
        }
        return found;
    }

    private static String event(int number) {
        return Visits.event("%032x".formatted(number + 1), "\"trace\":{\"trace_id\":\"" + TRACE + "\"}", START);
    }

    private static Plan.Part part(
            TopicPartition partition, SourceKind kind, List<ConsumerRecord<byte[], byte[]>> records) {
        long count = records.stream()
                .filter(record -> record.topic().equals(partition.topic()))
                .count();
        return new Plan.Part(partition, kind, 0, count, -1, Duration.ZERO);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            TopicPartition partition, long offset, Instant at, String value) {
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                null,
                value.getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }
}
