package io.replaylinker.topology;

import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.join.ClaimBytes;
import io.replaylinker.topology.join.Tombstone;
import io.replaylinker.topology.shuffle.Block;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serde of the shuffle topics. Each input is written as a {@linkplain Block block} of one entry, which the producer
 * packs with others: one byte for kind and version, then {@linkplain ClaimBytes those of a claim}, Avro binary or
 * fixed-width numbers. A whole block is read at once. The topics are internal and need no registry; they have a version
 * for rolling upgrades. Streams shares one serializer among all its threads, so it is thread-safe.
 */
final class JoinInputSerde implements Serde<JoinInput> {

    private static final byte CLAIM_V4 = 0x14;
    private static final byte REPLAY_V2 = 0x22;
    private static final byte AFFILIATION_V1 = 0x31;
    private static final byte WATERMARK_V2 = 0x42;
    private static final byte TOMBSTONE_V1 = 0x51;
    private static final byte TRACE_V1 = 0x61;
    private static final byte NAMING_V1 = 0x71;
    private static final int ID_BYTES = 16;

    @Override
    public Serializer<JoinInput> serializer() {
        ThreadLocal<Writer> own = ThreadLocal.withInitial(Writer::new);
        return (topic, input) -> own.get().write(input);
    }

    @Override
    public Deserializer<JoinInput> deserializer() {
        return (topic, bytes) -> new JoinInput.Packed(bytes);
    }

    /** The watermark of one entry; empty for an entry of another kind, which is not decoded. */
    static Optional<JoinInput.Watermark> watermark(byte[] block, int from, int length) {
        ByteBuffer in = ByteBuffer.wrap(block, from, length);
        return in.hasRemaining() && in.get() == WATERMARK_V2 ? Optional.of(Reader.watermark(in)) : Optional.empty();
    }

    /** Writes blocks of one entry. Not thread-safe. */
    static final class Writer {

        private final ClaimBytes claims = new ClaimBytes();
        private final AvroBinary<ReplayObservation> replays = new AvroBinary<>(ReplayObservation.getClassSchema());
        private final AvroBinary<TraceObservation> traces = new AvroBinary<>(TraceObservation.getClassSchema());
        private final AvroBinary<ErrorNaming> namings = new AvroBinary<>(ErrorNaming.getClassSchema());

        byte[] write(JoinInput input) {
            if (input instanceof JoinInput.EventClaim event) {
                return Block.of(CLAIM_V4, head -> claims.write(head, event.claim()));
            }
            if (input instanceof JoinInput.ReplaySeen replay) {
                return avro(REPLAY_V2, replays, replay.observation());
            }
            if (input instanceof JoinInput.TraceSeen trace) {
                return avro(TRACE_V1, traces, trace.observation());
            }
            if (input instanceof JoinInput.ErrorNamed named) {
                return avro(NAMING_V1, namings, named.naming());
            }
            if (input instanceof JoinInput.Affiliation affiliation) {
                return numbers(AFFILIATION_V1, affiliation.projectId(), affiliation.organizationId(), new byte[0]);
            }
            if (input instanceof JoinInput.EventTombstone deleted) {
                Tombstone tombstone = deleted.tombstone();
                return numbers(
                        TOMBSTONE_V1,
                        tombstone.projectId(),
                        tombstone.seenMs(),
                        tombstone.eventId().bytes());
            }
            if (input instanceof JoinInput.Watermark watermark) {
                return watermark(watermark);
            }
            return ((JoinInput.Packed) input).block();
        }

        private static <T extends SpecificRecord> byte[] avro(byte kind, AvroBinary<T> form, T value) {
            return Block.of(kind, head -> form.write(head, value));
        }

        private static byte[] numbers(byte kind, long one, long other, byte[] rest) {
            return Block.of(kind, head -> ByteBuffer.allocate(head.length + 2 * Long.BYTES + rest.length)
                    .put(head)
                    .putLong(one)
                    .putLong(other)
                    .put(rest)
                    .array());
        }

        private static byte[] watermark(JoinInput.Watermark watermark) {
            byte[] source = watermark.source().getBytes(StandardCharsets.UTF_8);
            return Block.of(WATERMARK_V2, head -> ByteBuffer.allocate(head.length + 2 * Long.BYTES + source.length)
                    .put(head)
                    .putLong(watermark.timeMs())
                    .putLong(watermark.emittedAtMs())
                    .put(source)
                    .array());
        }
    }

    /** Reads entries. Not thread-safe. */
    static final class Reader {

        private final ClaimBytes claims = new ClaimBytes();
        private final AvroBinary<ReplayObservation> replays = new AvroBinary<>(ReplayObservation.getClassSchema());
        private final AvroBinary<TraceObservation> traces = new AvroBinary<>(TraceObservation.getClassSchema());
        private final AvroBinary<ErrorNaming> namings = new AvroBinary<>(ErrorNaming.getClassSchema());

        /**
         * The input of one entry.
         *
         * @throws SerializationException if this release does not know its kind or version
         */
        JoinInput read(byte[] block, int from, int length) {
            ByteBuffer in = ByteBuffer.wrap(block, from, length);
            byte kind = length == 0 ? 0 : in.get();
            int rest = length - 1;
            return switch (kind) {
                case CLAIM_V4 -> new JoinInput.EventClaim(claims.read(block, from + 1, rest));
                case REPLAY_V2 -> new JoinInput.ReplaySeen(replays.read(block, from + 1, rest));
                case TRACE_V1 -> new JoinInput.TraceSeen(traces.read(block, from + 1, rest));
                case NAMING_V1 -> new JoinInput.ErrorNamed(namings.read(block, from + 1, rest));
                case AFFILIATION_V1 -> new JoinInput.Affiliation(in.getLong(), in.getLong());
                case TOMBSTONE_V1 -> new JoinInput.EventTombstone(tombstone(in));
                case WATERMARK_V2 -> watermark(in);
                default ->
                    throw new SerializationException("an entry of the shuffle starts with byte " + kind
                            + ", which this release does not know: it was written by another one");
            };
        }

        private static JoinInput.Watermark watermark(ByteBuffer in) {
            long timeMs = in.getLong();
            long emittedAtMs = in.getLong();
            return new JoinInput.Watermark(StandardCharsets.UTF_8.decode(in).toString(), timeMs, emittedAtMs);
        }

        private static Tombstone tombstone(ByteBuffer in) {
            long project = in.getLong();
            long seenMs = in.getLong();
            byte[] event = new byte[ID_BYTES];
            in.get(event);
            return new Tombstone(project, new Id(event), seenMs);
        }
    }
}
