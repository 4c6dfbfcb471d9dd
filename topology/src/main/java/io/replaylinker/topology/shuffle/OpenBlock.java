package io.replaylinker.topology.shuffle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.Callback;
import org.jspecify.annotations.Nullable;

/** A block of one partition that entries are still added to. Not thread-safe. */
final class OpenBlock {

    private final int expectedBytes;
    private byte[] bytes = {};
    private int length;
    private long latestMs;
    private final List<Callback> callbacks = new ArrayList<>();

    OpenBlock(int expectedBytes) {
        this.expectedBytes = expectedBytes;
        clear();
    }

    /**
     * Adds the entry of a block of one.
     *
     * @param callback of its sender
     */
    void add(byte[] block, long timestampMs, @Nullable Callback callback) {
        int added = block.length - Block.HEAD;
        if (length + added > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + added, 2 * bytes.length));
        }
        System.arraycopy(block, Block.HEAD, bytes, length, added);
        length += added;
        latestMs = Math.max(latestMs, timestampMs);
        if (callback != null && (callbacks.isEmpty() || callbacks.get(callbacks.size() - 1) != callback)) {
            callbacks.add(callback);
        }
    }

    boolean isEmpty() {
        return length == Block.HEAD;
    }

    /** Length in bytes, including the head. */
    int length() {
        return length;
    }

    /** Latest timestamp of its entries, epoch milliseconds. */
    long latestMs() {
        return latestMs;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * The callback for all senders of its entries. Every sender must receive a failure, since they may be different
     * tasks. Of success one callback is enough: it has the offset that was written last.
     */
    Callback answer() {
        List<Callback> senders = List.copyOf(callbacks);
        return (metadata, failure) -> {
            int from = failure == null ? Math.max(0, senders.size() - 1) : 0;
            senders.subList(from, senders.size()).forEach(sender -> sender.onCompletion(metadata, failure));
        };
    }

    /** Empties it for the next entries, and frees the memory that a single large one has taken. */
    void clear() {
        if (bytes.length != expectedBytes) {
            bytes = new byte[expectedBytes];
        }
        bytes[0] = Block.VERSION;
        length = Block.HEAD;
        latestMs = Long.MIN_VALUE;
        callbacks.clear();
    }
}
