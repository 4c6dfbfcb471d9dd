package io.replaylinker.tools.reprocess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class MergedReaderTest {

    private static final TopicPartition EVENTS = new TopicPartition("events", 0);
    private static final TopicPartition REPLAYS = new TopicPartition("replays", 0);
    private static final Clock LATER = Clock.fixed(Instant.ofEpochMilli(2_000_000), ZoneOffset.UTC);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");

    @Test
    void shouldMergeByTime() {
        MergedReader reader = reader(part(EVENTS, 0, 3), part(REPLAYS, 0, 3));
        add(EVENTS, 0, 10, 30, 50);
        add(REPLAYS, 0, 20, 40, 60);

        assertThat(times(reader)).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
        assertThat(reader.isDone()).isTrue();
    }

    /** One record from the future, in the middle, and nothing waits for it. */
    @Test
    void shouldNotBeHeldUpByAForgedTimestamp() {
        MergedReader reader = reader(part(EVENTS, 0, 4), part(REPLAYS, 0, 3));
        add(EVENTS, 0, 10, 900_000_000, 30, 50);
        add(REPLAYS, 0, 20, 40, 60);

        List<Long> times = times(reader);

        assertThat(times.indexOf(50L)).isLessThan(times.indexOf(60L));
        assertThat(reader.timeMs()).isLessThanOrEqualTo(60);
    }

    /** The consumer fetches ahead while records are handed over, if it is asked before nothing is left. */
    @Test
    void shouldAskForMoreBeforeNothingIsLeft() {
        MergedReader reader = reader(part(EVENTS, 0, 400));
        add(EVENTS, 0, LongStream.range(0, 200).toArray());
        reader.next();
        add(EVENTS, 200, LongStream.range(200, 400).toArray());

        for (int taken = 1; taken <= 150; taken++) {
            assertThat(reader.next()).isNotNull();
        }

        assertThat(consumer.position(EVENTS)).isEqualTo(400);
    }

    @Test
    void shouldNotPassTheEndThatWasPlanned() {
        MergedReader reader = reader(part(EVENTS, 1, 3));
        add(EVENTS, 0, 10, 20, 30, 40, 50);

        assertThat(times(reader)).containsExactly(20L, 30L);
    }

    /** Behind the last record there is the end of a transaction, which has an offset and is no record. */
    @Test
    void shouldEndByPosition() {
        MergedReader reader = reader(part(EVENTS, 0, 3));
        add(EVENTS, 0, 10, 20);

        assertThat(reader.next()).isNull();
        assertThat(reader.isDone()).isFalse();
        consumer.seek(EVENTS, 3);

        assertThat(times(reader)).containsExactly(10L, 20L);
        assertThat(reader.isDone()).isTrue();
    }

    @Test
    void shouldHaveNothingToDoWithEmptyPartitions() {
        MergedReader reader = reader(part(EVENTS, 0, 0), part(REPLAYS, 7, 7));

        assertThat(reader.isDone()).isTrue();
        assertThat(reader.next()).isNull();
    }

    @Test
    void shouldReportHowFarItIs() {
        MergedReader first = reader(part(EVENTS, 0, 4));
        add(EVENTS, 0, 10, 20, 30, 40);
        first.next();
        first.next();

        assertThat(first.positions()).containsEntry(EVENTS, 2L);
        assertThat(first.passed()).isEqualTo(2);
    }

    private MergedReader reader(Plan.Part... parts) {
        Map<TopicPartition, Long> beginnings = new HashMap<>();
        List.of(parts).forEach(part -> beginnings.put(part.partition(), 0L));
        consumer.updateBeginningOffsets(beginnings);
        Instant end = Instant.ofEpochMilli(1_000_000);
        Plan plan = new Plan(
                new Range(Instant.EPOCH, end, Map.of()), Instant.EPOCH, end, Instant.EPOCH, end, List.of(parts));
        return new MergedReader(consumer, plan, LATER);
    }

    private static Plan.Part part(TopicPartition partition, long start, long stop) {
        return new Plan.Part(partition, SourceKind.EVENTS, start, stop, -1, Duration.ZERO);
    }

    private void add(TopicPartition partition, long offset, long... times) {
        long next = offset;
        for (long time : times) {
            if (next >= consumer.position(partition)) {
                consumer.addRecord(new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        next,
                        time,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        null,
                        new byte[0],
                        new RecordHeaders(),
                        Optional.empty()));
            }
            next++;
        }
    }

    private static List<Long> times(MergedReader reader) {
        List<Long> times = new ArrayList<>();
        for (int looks = 0; looks < 100 && !reader.isDone(); looks++) {
            MergedReader.Timed next = reader.next();
            if (next != null) {
                times.add(next.timeMs());
            }
        }
        return times;
    }
}
