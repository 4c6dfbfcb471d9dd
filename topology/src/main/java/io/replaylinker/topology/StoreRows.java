package io.replaylinker.topology;

import io.replaylinker.topology.join.Rows;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The join's rows in a store of Kafka Streams. */
final class StoreRows implements Rows {

    private static final int LONGEST_KEY = 80;

    private final KeyValueStore<Bytes, byte[]> store;

    StoreRows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A key-value store with a compacted changelog; uncached, because the join writes a row only when it changes. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> kept(String name) {
        return store(name).withLoggingEnabled(Map.of());
    }

    /** A key-value store without a changelog, for what can be made anew. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> derived(String name) {
        return store(name).withLoggingDisabled();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }

    @Override
    public Cursor from(byte[] from, byte[] prefix) {
        return cursor(store.range(Bytes.wrap(from), Bytes.wrap(lastOf(prefix))));
    }

    static Cursor cursor(KeyValueIterator<Bytes, byte[]> rows) {
        return new Cursor() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                KeyValue<Bytes, byte[]> row = rows.next();
                return new Row(row.key.get(), row.value);
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    /** Above every key that starts with the prefix: those are shorter, or differ before. */
    static byte[] lastOf(byte[] prefix) {
        byte[] last = Arrays.copyOf(prefix, prefix.length + LONGEST_KEY);
        Arrays.fill(last, prefix.length, last.length, (byte) 0xff);
        return last;
    }
}
