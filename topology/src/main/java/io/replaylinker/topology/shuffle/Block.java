package io.replaylinker.topology.shuffle;

import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The value of one record of a shuffle topic. It is a byte for the version of this format, then entries. An entry is
 * its length as an int, its timestamp as a long, both big-endian, and its bytes. So a block of several entries is a
 * block of one with the entries of others appended.
 */
public final class Block {

    /** Differs from the first byte of all records that were written before there were blocks. */
    static final byte VERSION = 1;

    /** Timestamp of an entry that no {@link PackingProducer} has sent: the timestamp of its record applies. */
    static final long UNSTAMPED = Long.MIN_VALUE;

    /** Length of the part before the first entry. */
    static final int HEAD = 1;

    private static final int ENTRY_HEAD = Integer.BYTES + Long.BYTES;

    private Block() {}

    /** Reads the entries of a block. */
    public interface Reader {

        /**
         * Reads one entry.
         *
         * @param block the whole block
         * @param from where the entry's bytes begin
         * @param length of them
         * @param timestampMs epoch milliseconds
         */
        void entry(byte[] block, int from, int length, long timestampMs);
    }

    /**
     * A block of one entry, not yet stamped.
     *
     * @param first byte of the entry
     * @param writer receives the bytes that the block begins with, up to and including the first one of the entry, and
     *     appends the others
     */
    public static byte[] of(byte first, UnaryOperator<byte[]> writer) {
        byte[] head = new byte[HEAD + ENTRY_HEAD + 1];
        head[HEAD + ENTRY_HEAD] = first;
        byte[] block = writer.apply(head);
        ByteBuffer.wrap(block)
                .put(VERSION)
                .putInt(block.length - HEAD - ENTRY_HEAD)
                .putLong(UNSTAMPED);
        return block;
    }

    /** Sets the timestamp of the entry of a block of one, epoch milliseconds. */
    static void stamp(byte[] block, long timestampMs) {
        ByteBuffer.wrap(block).putLong(HEAD + Integer.BYTES, timestampMs);
    }

    /**
     * Reads all entries in their order.
     *
     * @param recordMs timestamp of the block's record, epoch milliseconds: that of an entry that was never stamped
     * @throws SerializationException if the block is of another version, or cut off
     */
    public static void read(byte[] block, long recordMs, Reader reader) {
        if (block.length == 0 || block[0] != VERSION) {
            throw new SerializationException(
                    block.length == 0
                            ? "a block of the shuffle is empty"
                            : "a block of the shuffle starts with byte " + block[0]
                                    + ", which this release does not know: it was written by another one");
        }
        ByteBuffer in = ByteBuffer.wrap(block).position(HEAD);
        while (in.hasRemaining()) {
            int length = in.remaining() < ENTRY_HEAD ? -1 : in.getInt();
            if (length < 0 || length > in.remaining() - Long.BYTES) {
                throw new SerializationException("a block of the shuffle of " + block.length
                        + " bytes is cut off, or is none: the entry before byte " + in.position() + " does not fit");
            }
            long timestampMs = in.getLong();
            reader.entry(block, in.position(), length, timestampMs == UNSTAMPED ? recordMs : timestampMs);
            in.position(in.position() + length);
        }
    }
}
