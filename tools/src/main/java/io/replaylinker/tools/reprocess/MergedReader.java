package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.topology.ServerTime;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of many partitions as one stream in the order of their timestamps, up to an end that was fixed before. The position in time
 * of a partition is the earliest of its next {@value #LOOK_AHEAD} records, so that one with a timestamp in the future does not hold up
 * those behind it. The end is one of positions and not of records: the end of a transaction, or aborted records, may follow the last
 * record.
 */
final class MergedReader implements AutoCloseable {

    /** One more than the number of consecutive records that may have wrong timestamps, as in the join's own watermark. */
    static final int LOOK_AHEAD = 9;

    /** A record may have 50 MB, so few are held in memory. */
    private static final int ENOUGH = 200;

    private static final Duration POLL = Duration.ofMillis(100);
    /** The consumer fetches ahead only while it is polled. A reader that polls only when nothing is left waits for the broker each time. */
    private static final int LOOK_EVERY = 100;

    private final Consumer<byte[], byte[]> consumer;
    private final Clock clock;
    private final long endMs;
    private final List<Feed> feeds = new ArrayList<>();
    private long timeMs;
    /** Records passed on since the consumer was last polled. */
    private int sinceLook;

    /** A record and its timestamp as the join takes it, epoch milliseconds. */
    record Timed(ConsumerRecord<byte[], byte[]> record, long timeMs) {

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }
    }

    /** @param consumer closed with this */
    MergedReader(Consumer<byte[], byte[]> consumer, Plan plan, Clock clock) {
        this.consumer = consumer;
        this.clock = clock;
        this.endMs = plan.readTo().toEpochMilli();
        for (Plan.Part part : plan.parts()) {
            feeds.add(new Feed(part));
        }
        consumer.assign(feeds.stream()
                .filter(feed -> !feed.isRead())
                .map(feed -> feed.part.partition())
                .toList());
        feeds.stream().filter(feed -> !feed.isRead()).forEach(feed -> consumer.seek(feed.part.partition(), feed.next));
    }

    /** Whether every record was passed on. */
    boolean isDone() {
        return feeds.stream().allMatch(Feed::isDone);
    }

    /** The next record; null when there is none yet, or at the end. */
    @Nullable Timed next() {
        if (feeds.stream().anyMatch(Feed::isShort)) {
            poll(POLL);
        } else if (++sinceLook == LOOK_EVERY) {
            poll(Duration.ZERO);
        }
        Feed earliest = null;
        for (Feed feed : feeds) {
            if (feed.isShort()) {
                return null;
            }
            if (!feed.isDone() && (earliest == null || feed.atMs < earliest.atMs)) {
                earliest = feed;
            }
        }
        if (earliest == null) {
            return null;
        }
        timeMs = Math.max(timeMs, earliest.atMs);
        return earliest.take();
    }

    /** Lower bound of the timestamps to come, forged ones excepted; epoch milliseconds. */
    long timeMs() {
        return timeMs;
    }

    /** By partition the first offset that was not passed on. */
    Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        feeds.forEach(feed -> positions.put(feed.part.partition(), feed.next));
        return positions;
    }

    /** Offsets passed since the start of the plan. */
    long passed() {
        return feeds.stream().mapToLong(Feed::passed).sum();
    }

    private void poll(Duration atMost) {
        sinceLook = 0;
        holdBackWhereIsEnough();
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
                feed(new TopicPartition(record.topic(), record.partition())).add(record);
            }
        } catch (OffsetOutOfRangeException e) {
            throw new CommandFailedException(
                    "retention deleted records before they were read: " + e.offsetOutOfRangePartitions()
                            + "; start another run with a later --from",
                    e);
        }
        for (TopicPartition partition : consumer.assignment()) {
            feed(partition).reached(consumer.position(partition));
        }
    }

    private void holdBackWhereIsEnough() {
        List<TopicPartition> enough = new ArrayList<>();
        List<TopicPartition> wanted = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            Feed feed = feed(partition);
            (feed.isRead() || feed.held.size() >= ENOUGH ? enough : wanted).add(partition);
        }
        consumer.pause(enough);
        consumer.resume(wanted);
    }

    private Feed feed(TopicPartition partition) {
        return feeds.stream()
                .filter(feed -> feed.part.partition().equals(partition))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** One partition. */
    private final class Feed {

        private final Plan.Part part;
        private final Deque<Timed> held = new ArrayDeque<>();
        /** First offset that was not passed on. */
        private long next;
        /** First offset that was not fetched. */
        private long fetched;

        private long lastMs = -1;
        private long atMs;

        Feed(Plan.Part part) {
            this.part = part;
            this.next = part.start();
            this.fetched = part.start();
        }

        void add(ConsumerRecord<byte[], byte[]> record) {
            if (record.offset() < part.stop()) {
                lastMs = ServerTime.bounded(record.timestamp(), lastMs, clock.millis());
                held.add(new Timed(record, lastMs));
                look();
            }
        }

        void reached(long position) {
            fetched = Math.max(fetched, position);
            if (held.isEmpty()) {
                next = Math.max(next, Math.min(fetched, part.stop()));
            } else if (held.size() >= LOOK_AHEAD && atMs >= endMs) {
                held.clear();
                next = part.stop();
                fetched = part.stop();
            }
        }

        Timed take() {
            Timed taken = held.remove();
            next = held.isEmpty()
                    ? Math.min(fetched, part.stop())
                    : held.element().record().offset();
            look();
            return taken;
        }

        private void look() {
            atMs = held.stream()
                    .limit(LOOK_AHEAD)
                    .mapToLong(Timed::timeMs)
                    .min()
                    .orElse(0);
        }

        /** All of it is fetched. */
        boolean isRead() {
            return fetched >= part.stop();
        }

        boolean isDone() {
            return isRead() && held.isEmpty();
        }

        /** Whether too few records are fetched to know its position in time. */
        boolean isShort() {
            return !isRead() && held.size() < LOOK_AHEAD;
        }

        long passed() {
            return next - part.start();
        }
    }
}
