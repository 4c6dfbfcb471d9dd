package io.replaylinker.sinks;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.kafka.common.TopicPartition;

/** A range of offsets of one partition as encoded rows, ready to be inserted as often as it takes. Immutable. */
public final class Batch {

    private final TopicPartition partition;
    private final long firstOffset;
    private final long lastOffset;
    private final int rows;
    private final byte[] content;
    private final String token;

    /**
     * A batch that takes the rows over: nobody else keeps or changes them.
     *
     * @param lastOffset inclusive
     * @param rows how many, at least 1
     * @param content the encoded rows, one after the other
     */
    Batch(TopicPartition partition, long firstOffset, long lastOffset, int rows, byte[] content) {
        if (rows < 1 || lastOffset < firstOffset) {
            throw new IllegalArgumentException("a batch holds at least one row");
        }
        this.partition = partition;
        this.firstOffset = firstOffset;
        this.lastOffset = lastOffset;
        this.rows = rows;
        this.content = content;
        this.token = sha256(content);
    }

    public TopicPartition partition() {
        return partition;
    }

    /** Offset of the first record. */
    public long firstOffset() {
        return firstOffset;
    }

    /** Offset of the last record. */
    public long lastOffset() {
        return lastOffset;
    }

    public int rows() {
        return rows;
    }

    /** Size of all encoded rows. */
    public int byteCount() {
        return content.length;
    }

    /**
     * 64 hex digits, the same for the same rows. It is a hash of the rows and not of the offsets, because after a topic was deleted and
     * made again the same offsets carry other rows, and ClickHouse would drop them as known.
     */
    public String token() {
        return token;
    }

    /** Writes the encoded rows, one after the other. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** As people write it: topic-partition@first..last. */
    public String range() {
        return partition + "@" + firstOffset + ".." + lastOffset;
    }

    @Override
    public String toString() {
        return range() + " (" + rows + " rows, " + content.length + " bytes)";
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
