package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.RejectionReason;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Avro without a registry, for tests that are about the join. */
public final class PlainAvro {

    private static final byte[] NO_HEAD = {};

    private PlainAvro() {}

    public static <T extends SpecificRecord> Serde<T> serde(Schema schema) {
        return Serdes.serdeFrom(
                (topic, value) -> new AvroBinary<T>(schema).write(NO_HEAD, value),
                (topic, bytes) -> new AvroBinary<T>(schema).read(bytes, 0));
    }

    public static OutputSerdes outputs() {
        return new OutputSerdes(
                serde(Link.getClassSchema()),
                serde(Unlinked.getClassSchema()),
                serde(ReplayState.getClassSchema()),
                serde(DeadLetter.getClassSchema()),
                serde(TraceNode.getClassSchema()));
    }

    /** Takes one byte of 0xff for a record that cannot be read. */
    public static <T extends SpecificRecord> RecordDecoder<T> decoder(Schema schema) {
        AvroBinary<T> avro = new AvroBinary<>(schema);
        return (topic, headers, value) -> {
            if (value == null) {
                return Decoded.control("empty");
            }
            return value.length == 1 && value[0] == (byte) 0xff
                    ? Decoded.rejection(RejectionReason.NOT_AVRO, "one byte")
                    : Decoded.value(avro.read(value, 0));
        };
    }
}
