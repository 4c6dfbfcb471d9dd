package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.ErrorNaming;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.topology.join.Tombstone;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Bytes of the repartition topics: one byte for kind and version, then Avro binary or fixed-width numbers. Nobody outside reads
 * them, so they need no registry; a rolling upgrade does, so they have a version. Streams takes one serializer and one deserializer
 * for all its threads, so these are safe for many.
 */
final class JoinInputSerde implements Serde<JoinInput> {

    private static final byte CLAIM_V2 = 0x12;
    private static final byte SIGHTING_V2 = 0x22;
    private static final byte AFFILIATION_V1 = 0x31;
    private static final byte TICK_V1 = 0x41;
    private static final byte TOMBSTONE_V1 = 0x51;
    private static final byte TRACE_V1 = 0x61;
    private static final byte NAMING_V1 = 0x71;
    private static final int ID_BYTES = 16;

    @Override
    public Serializer<JoinInput> serializer() {
        ThreadLocal<Serializer<JoinInput>> own = ThreadLocal.withInitial(JoinInputSerde::serializerOfOneThread);
        return (topic, input) -> own.get().serialize(topic, input);
    }

    @Override
    public Deserializer<JoinInput> deserializer() {
        ThreadLocal<Deserializer<JoinInput>> own = ThreadLocal.withInitial(JoinInputSerde::deserializerOfOneThread);
        return (topic, bytes) -> own.get().deserialize(topic, bytes);
    }

    private static Serializer<JoinInput> serializerOfOneThread() {
        AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());
        AvroBinary<Sighting> sightings = new AvroBinary<>(Sighting.getClassSchema());
        AvroBinary<TraceObservation> traces = new AvroBinary<>(TraceObservation.getClassSchema());
        AvroBinary<ErrorNaming> namings = new AvroBinary<>(ErrorNaming.getClassSchema());
        return (topic, input) -> {
            if (input instanceof JoinInput.EventClaim event) {
                return claims.write(new byte[] {CLAIM_V2}, event.claim());
            }
            if (input instanceof JoinInput.ReplaySighting replay) {
                return sightings.write(new byte[] {SIGHTING_V2}, replay.sighting());
            }
            if (input instanceof JoinInput.TraceSeen trace) {
                return traces.write(new byte[] {TRACE_V1}, trace.observation());
            }
            if (input instanceof JoinInput.ErrorNamed named) {
                return namings.write(new byte[] {NAMING_V1}, named.naming());
            }
            if (input instanceof JoinInput.Affiliation affiliation) {
                return ByteBuffer.allocate(1 + 2 * Long.BYTES)
                        .put(AFFILIATION_V1)
                        .putLong(affiliation.projectId())
                        .putLong(affiliation.organizationId())
                        .array();
            }
            return input instanceof JoinInput.EventTombstone deleted
                    ? bytes(deleted.tombstone())
                    : bytes((JoinInput.Tick) input);
        };
    }

    private static Deserializer<JoinInput> deserializerOfOneThread() {
        AvroBinary<Claim> claims = new AvroBinary<>(Claim.getClassSchema());
        AvroBinary<Sighting> sightings = new AvroBinary<>(Sighting.getClassSchema());
        AvroBinary<TraceObservation> traces = new AvroBinary<>(TraceObservation.getClassSchema());
        AvroBinary<ErrorNaming> namings = new AvroBinary<>(ErrorNaming.getClassSchema());
        return (topic, bytes) -> {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return switch (in.get()) {
                case CLAIM_V2 -> new JoinInput.EventClaim(claims.read(bytes, 1));
                case SIGHTING_V2 -> new JoinInput.ReplaySighting(sightings.read(bytes, 1));
                case TRACE_V1 -> new JoinInput.TraceSeen(traces.read(bytes, 1));
                case NAMING_V1 -> new JoinInput.ErrorNamed(namings.read(bytes, 1));
                case AFFILIATION_V1 -> new JoinInput.Affiliation(in.getLong(), in.getLong());
                case TOMBSTONE_V1 -> new JoinInput.EventTombstone(tombstone(in));
                case TICK_V1 -> new JoinInput.Tick(text(bytes, 1 + Long.BYTES), in.getLong());
                default ->
                    throw new SerializationException("Record in " + topic + " starts with byte " + bytes[0]
                            + ", which this release does not know: it was written by another one");
            };
        };
    }

    private static byte[] bytes(Tombstone tombstone) {
        return ByteBuffer.allocate(1 + 2 * Long.BYTES + ID_BYTES)
                .put(TOMBSTONE_V1)
                .putLong(tombstone.projectId())
                .putLong(tombstone.seenMs())
                .put(tombstone.eventId().bytes())
                .array();
    }

    private static byte[] bytes(JoinInput.Tick tick) {
        byte[] source = tick.source().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Long.BYTES + source.length)
                .put(TICK_V1)
                .putLong(tick.timeMs())
                .put(source)
                .array();
    }

    private static Tombstone tombstone(ByteBuffer in) {
        long project = in.getLong();
        long seenMs = in.getLong();
        byte[] event = new byte[ID_BYTES];
        in.get(event);
        return new Tombstone(project, new Id(event), seenMs);
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }
}
