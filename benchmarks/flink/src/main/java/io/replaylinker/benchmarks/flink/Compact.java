package io.replaylinker.benchmarks.flink;

import java.nio.ByteBuffer;
import org.apache.flink.api.java.tuple.Tuple2;

/** A compact record on its way through Flink: bare Avro, its key and its time in fields that Flink's own serializer writes. */
public final class Compact {

    public long keyHigh;
    public long keyLow;
    public long atMs;
    public byte[] avro = {};

    /** For Flink. */
    public Compact() {}

    Compact(byte[] key, long atMs, byte[] avro) {
        ByteBuffer id = ByteBuffer.wrap(key);
        this.keyHigh = id.getLong();
        this.keyLow = id.getLong();
        this.atMs = atMs;
        this.avro = avro;
    }

    Tuple2<Long, Long> key() {
        return Tuple2.of(keyHigh, keyLow);
    }
}
