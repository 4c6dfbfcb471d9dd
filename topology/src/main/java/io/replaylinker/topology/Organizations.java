package io.replaylinker.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
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
 * The organization of each project, with the offset at which each partition of a step learned it. It is the only thing
 * a step needs that the window of its log may not contain, because it never expires. A global store of Kafka Streams
 * over a compacted topic, complete before any step begins.
 *
 * <p>A step that is restored starts with what was learned before its window. All else follows at its own offset: known
 * earlier, it would change decisions during the restore, when nothing is emitted.
 */
final class Organizations {

    private static final String STORE = "organizations";

    private final String topic;
    private final AtomicReference<@Nullable KeyValueStore<byte[], Long>> store = new AtomicReference<>();

    Organizations(String topic) {
        this.topic = topic;
    }

    void addTo(Topology topology) {
        Deserializer<byte[]> keys = new ByteArrayDeserializer();
        topology.addGlobalStore(
                new OwnStore<>(STORE, this::open),
                "read-" + STORE,
                keys,
                new LongDeserializer(),
                topic,
                "keep-" + STORE,
                Keep::new);
    }

    /** In memory; the steps read it directly. */
    private KeyValueStore<byte[], Long> open() {
        KeyValueStore<byte[], Long> opened = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.Long())
                .withLoggingDisabled()
                .build();
        store.set(opened);
        return opened;
    }

    /** Passes on what a partition of a step had learned before an offset, in the order of the offsets. */
    void each(String step, int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action) {
        KeyValueStore<byte[], Long> all = store.get();
        if (all == null) {
            return;
        }
        record Learned(JoinInput.Affiliation project, long offset) {}
        List<Learned> learned = new ArrayList<>();
        byte[] of = place(step, partition);
        try (KeyValueIterator<byte[], Long> known = all.all()) {
            known.forEachRemaining(row -> {
                if (row.value < beforeOffset && isOf(row.key, of)) {
                    ByteBuffer project = ByteBuffer.wrap(row.key).position(of.length);
                    learned.add(
                            new Learned(new JoinInput.Affiliation(project.getLong(), project.getLong()), row.value));
                }
            });
        }
        learned.sort(Comparator.comparingLong(Learned::offset)
                .thenComparingLong(one -> one.project().projectId())
                .thenComparingLong(one -> one.project().organizationId()));
        learned.forEach(one -> action.accept(one.project()));
    }

    private static boolean isOf(byte[] key, byte[] place) {
        return key.length == place.length + 2 * Long.BYTES
                && ByteBuffer.wrap(key, 0, place.length).equals(ByteBuffer.wrap(place));
    }

    /**
     * Key of a project that a partition of a step has learned: length of the step's name, the name, the partition, the
     * project, the organization.
     */
    static byte[] key(String step, int partition, JoinInput.Affiliation project) {
        byte[] place = place(step, partition);
        return ByteBuffer.allocate(place.length + 2 * Long.BYTES)
                .put(place)
                .putLong(project.projectId())
                .putLong(project.organizationId())
                .array();
    }

    private static byte[] place(String step, int partition) {
        byte[] name = step.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length + Integer.BYTES)
                .put((byte) name.length)
                .put(name)
                .putInt(partition)
                .array();
    }

    /** Keeps the smallest offset. */
    private static final class Keep extends ContextualProcessor<byte[], Long, Void, Void> {

        @Override
        public void process(Record<byte[], Long> learned) {
            KeyValueStore<byte[], Long> known = context().getStateStore(STORE);
            Long before = known.get(learned.key());
            if (learned.value() != null && (before == null || learned.value() < before)) {
                known.put(learned.key(), learned.value());
            }
        }
    }
}
