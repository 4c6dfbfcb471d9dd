package io.replaylinker.serdes;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded map that evicts the least recently used entry. Values are made outside its lock, so a slow registry call in one thread does not
 * block threads whose schema is cached. Making a value twice does no harm.
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

    /** Returns the value and makes it if it is missing. Returns null, and caches nothing, if the function returns null. */
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

    /** Returns the value that was in the cache before, or null. */
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
