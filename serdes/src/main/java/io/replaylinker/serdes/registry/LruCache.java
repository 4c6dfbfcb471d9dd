package io.replaylinker.serdes.registry;

import java.util.LinkedHashMap;
import java.util.Map;
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

    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    public synchronized void remove(K key) {
        entries.remove(key);
    }
}
