package io.replaylinker.topology;

import io.replaylinker.topology.join.Rows;
import java.util.Map;
import org.apache.kafka.common.serialization.BytesSerializer;
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

    private static final BytesSerializer BYTES = new BytesSerializer();

    private final KeyValueStore<Bytes, byte[]> store;

    StoreRows(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A key-value store with a compacted changelog; uncached, because the join writes a row only when it changes. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
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
    public Cursor prefix(byte[] prefix) {
        KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(Bytes.wrap(prefix), BYTES);
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
}
