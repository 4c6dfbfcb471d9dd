package io.replaylinker.topology.join;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificFixed;
import org.jspecify.annotations.Nullable;

/** The rows used last, as they are in the store, so that the next segment of a replay need not read and decode its row again. */
final class RowCache<K extends SpecificFixed, T> {

    /** Some hundred bytes each. */
    private static final int SIZE = 8_192;

    private final Map<K, T> used = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, T> eldest) {
            return size() > SIZE;
        }
    };

    /** The row, read from the store where it is not here. Null when there is none. */
    @Nullable T get(K id, Function<K, @Nullable T> store) {
        T row = used.get(id);
        if (row == null) {
            row = store.apply(id);
            if (row != null) {
                used.put(id, row);
            }
        }
        return row;
    }

    void put(K id, T row) {
        used.put(id, row);
    }

    void remove(K id) {
        used.remove(id);
    }
}
