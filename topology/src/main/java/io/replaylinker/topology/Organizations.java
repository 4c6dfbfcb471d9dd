package io.replaylinker.topology;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Which organization each project belongs to, as far as it was ever learned: the one thing that a step has to know and that its window of
 * the log may not hold, because a project tells it once. A global store of Kafka Streams, complete before any step begins.
 */
final class Organizations implements StepState.Known {

    static final Serializer<byte[]> KEYS = Serdes.ByteArray().serializer();
    static final Serializer<Long> VALUES = new LongSerializer();

    private static final String STORE = "organizations";

    private final String topic;
    private final AtomicReference<@Nullable KeyValueStore<Long, byte[]>> store = new AtomicReference<>();

    Organizations(String topic) {
        this.topic = topic;
    }

    void addTo(Topology topology) {
        Deserializer<Long> numbers = new LongDeserializer();
        topology.addGlobalStore(
                new Remembering(), "read-" + STORE, numbers, numbers, topic, "keep-" + STORE, Keep::new);
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
                Told told = Told.read(project.value);
                if (told.atMs() < beforeMs) {
                    sorted.put(project.key, told.organization());
                }
            });
        }
        sorted.forEach(action);
    }

    /** Whether this is known. It is not written again then, so that the topic keeps when it was told first. */
    boolean knows(long project, long organization) {
        KeyValueStore<Long, byte[]> all = store.get();
        byte[] known = all == null ? null : all.get(project);
        return known != null && Told.read(known).organization() == organization;
    }

    /** The organization of a project, and when it was told, epoch milliseconds. */
    private record Told(long organization, long atMs) {

        static Told read(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Told(in.getLong(), in.getLong());
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
                    && (before == null || record.value() < Told.read(before).organization())) {
                known.put(record.key(), new Told(record.value(), record.timestamp()).toBytes());
            }
        }
    }

    /** Builds the store in memory, and lets the steps read it. */
    private final class Remembering implements StoreBuilder<KeyValueStore<Long, byte[]>> {

        private final StoreBuilder<KeyValueStore<Long, byte[]>> builder = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.Long(), Serdes.ByteArray())
                .withLoggingDisabled();

        @Override
        public KeyValueStore<Long, byte[]> build() {
            KeyValueStore<Long, byte[]> built = builder.build();
            store.set(built);
            return built;
        }

        @Override
        public StoreBuilder<KeyValueStore<Long, byte[]>> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<Long, byte[]>> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<Long, byte[]>> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<KeyValueStore<Long, byte[]>> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return STORE;
        }
    }
}
