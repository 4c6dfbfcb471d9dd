package io.replaylinker.worker.wiring;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory of all stores of a process: one block cache, in which the write buffers, indexes and filters are counted too.
 * Streams makes a config setter for each store, by name, so what they share has to be found by something static: the budget.
 */
final class StateMemory {

    static {
        RocksDB.loadLibrary();
    }

    private static final ConcurrentMap<Long, StateMemory> BY_BUDGET = new ConcurrentHashMap<>();

    /** Of the budget, for what is not yet written to disk; the rest is for what was read from there. */
    private static final int WRITE_BUFFERS_SHARE = 3;

    /** So many stores fill their write buffers to the end; of more of them each is flushed earlier. */
    private static final int STORES_WITH_FULL_BUFFERS = 32;

    /**
     * The cache is divided, so that threads do not wait for each other, and no part gives room to another. Write buffers
     * are counted in it in pieces of 256 KiB, put anywhere: in parts of a few hundred KiB, as RocksDB makes them by itself,
     * chance puts more into one than it holds, and the whole grows over its size.
     */
    private static final long SMALLEST_CACHE_PART = 32 << 20;

    private static final int MOST_CACHE_PART_BITS = 6;

    private static final long SMALLEST_WRITE_BUFFER = 1 << 20;
    private static final long LARGEST_WRITE_BUFFER = 16 << 20;

    private final Cache cache;
    private final WriteBufferManager writeBuffers;
    private final long writeBuffersBytes;

    private StateMemory(long budgetBytes) {
        writeBuffersBytes = budgetBytes / WRITE_BUFFERS_SHARE;
        cache = new LRUCache(budgetBytes, cachePartBits(budgetBytes));
        // It does not stall writers: they would wait for buffers of stores that nobody writes to, and nobody flushes
        // those.
        writeBuffers = new WriteBufferManager(writeBuffersBytes, cache, false);
    }

    private static int cachePartBits(long budgetBytes) {
        long parts = Math.max(1, budgetBytes / SMALLEST_CACHE_PART);
        return Math.min(MOST_CACHE_PART_BITS, Long.SIZE - 1 - Long.numberOfLeadingZeros(parts));
    }

    /** The memory of this size; the same one for everybody in the process who asks for that size, and never freed. */
    static StateMemory of(long budgetBytes) {
        return BY_BUDGET.computeIfAbsent(budgetBytes, StateMemory::new);
    }

    Cache cache() {
        return cache;
    }

    WriteBufferManager writeBuffers() {
        return writeBuffers;
    }

    /** Bytes after which one store writes its buffer to disk, if the others leave it so much. */
    long writeBufferBytes() {
        long each = writeBuffersBytes / STORES_WITH_FULL_BUFFERS;
        return Math.max(SMALLEST_WRITE_BUFFER, Math.min(LARGEST_WRITE_BUFFER, each));
    }
}
