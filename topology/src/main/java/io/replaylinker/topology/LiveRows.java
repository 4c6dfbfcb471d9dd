package io.replaylinker.topology;

import io.replaylinker.topology.join.Rows;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The rows of a running join, of all partitions in this process, to be read beside it. */
final class LiveRows implements Rows {

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    LiveRows(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public Cursor from(byte[] from, byte[] prefix) {
        return StoreRows.cursor(store.range(Bytes.wrap(from), Bytes.wrap(StoreRows.lastOf(prefix))));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        throw readOnly();
    }

    @Override
    public void delete(byte[] key) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("rows of a running join are its own to change");
    }
}
