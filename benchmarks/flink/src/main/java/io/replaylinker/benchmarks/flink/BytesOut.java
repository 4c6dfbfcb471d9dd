package io.replaylinker.benchmarks.flink;

import org.apache.flink.api.common.serialization.SerializationSchema;

/** Links that are bytes already. A class of its own, because Flink asks it for its type. */
final class BytesOut implements SerializationSchema<byte[]> {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] serialize(byte[] value) {
        return value;
    }
}
