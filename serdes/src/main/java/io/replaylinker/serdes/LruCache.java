package io.replaylinker.serdes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map that forgets what was used longest ago. Values are made outside of its lock: a registry that is slow for one thread
 * must not hold up those whose schema is known, and making a value twice does no harm.
 */
public final class LruCache<K, V> {

    private final Map<K, V> entries;

    public LruCache(int size) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > size;
            }
        };
    }

    public synchronized @Nullable V get(K key) {
        return entries.get(key);
    }

    /** The value, made where it is not here; null, and not remembered, when there is none to be made. */
    public @Nullable V get(K key, Function<K, @Nullable V> make) {
        V value = get(key);
        if (value == null) {
            value = make.apply(key);
            if (value != null) {
                put(key, value);
            }
        }
        return value;
    }

    /** The value that was here before, or null. */
    public synchronized @Nullable V putIfAbsent(K key, V value) {
        return entries.putIfAbsent(key, value);
    }

    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    public synchronized void remove(K key) {
        entries.remove(key);
    }

    public synchronized void clear() {
        entries.clear();
    }
}
