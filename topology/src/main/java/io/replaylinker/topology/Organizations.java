package io.replaylinker.topology;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Which organization each project belongs to, as far as it was ever learned: the one thing that a step has to know and that its window of
 * the log may not hold, because it is written once a project. A global store of Kafka Streams, complete before any step begins.
 */
final class Organizations implements StepState.Known {

    private static final String STORE = "organizations";

    private final String topic;
    private final AtomicReference<@Nullable KeyValueStore<Long, byte[]>> store = new AtomicReference<>();

    Organizations(String topic) {
        this.topic = topic;
    }

    void addTo(Topology topology) {
        Deserializer<Long> numbers = new LongDeserializer();
        topology.addGlobalStore(
                new OwnStore<>(STORE, this::open),
                "read-" + STORE,
                numbers,
                numbers,
                topic,
                "keep-" + STORE,
                Keep::new);
    }

    /** In memory, where the steps read it too. */
    private KeyValueStore<Long, byte[]> open() {
        KeyValueStore<Long, byte[]> opened = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.Long(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.set(opened);
        return opened;
    }

    /** Nothing before the store is there. */
    @Override
    public void each(long beforeMs, BiConsumer<Long, Long> action) {
        KeyValueStore<Long, byte[]> all = store.get();
        if (all == null) {
            return;
        }
        Map<Long, Long> sorted = new TreeMap<>();
        try (KeyValueIterator<Long, byte[]> known = all.all()) {
            known.forEachRemaining(project -> {
                Learned learned = Learned.read(project.value);
                if (learned.atMs() < beforeMs) {
                    sorted.put(project.key, learned.organization());
                }
            });
        }
        sorted.forEach(action);
    }

    /** Whether this is known. It is not written again then, so that the topic keeps when it was learned first. */
    boolean knows(long project, long organization) {
        KeyValueStore<Long, byte[]> all = store.get();
        byte[] known = all == null ? null : all.get(project);
        return known != null && Learned.read(known).organization() == organization;
    }

    /** The organization of a project, and when it was learned, epoch milliseconds. */
    private record Learned(long organization, long atMs) {

        static Learned read(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Learned(in.getLong(), in.getLong());
        }

        byte[] toBytes() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(organization)
                    .putLong(atMs)
                    .array();
        }
    }

    static byte[] key(long project) {
        return ByteBuffer.allocate(Long.BYTES).putLong(project).array();
    }

    /** The smaller organization stands, as in the join. */
    private static final class Keep extends ContextualProcessor<Long, Long, Void, Void> {

        @Override
        public void process(Record<Long, Long> record) {
            KeyValueStore<Long, byte[]> known = context().getStateStore(STORE);
            byte[] before = known.get(record.key());
            if (record.value() != null
                    && (before == null || record.value() < Learned.read(before).organization())) {
                known.put(record.key(), new Learned(record.value(), record.timestamp()).toBytes());
            }
        }
    }
}
