package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Method;
import io.replaylinker.schemas.Sighting;
import io.replaylinker.topology.claim.SightingReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** Where a claim or a sighting goes: to the step by trace, to the step by replay, or to both. */
final class Routes {

    private static final byte[] NO_KEY = {};

    private Routes() {}

    /** Events without an explicit id look for witnesses; events with one are witnesses, and so are segments that list traces. */
    static List<KeyValue<byte[], JoinInput>> byTrace(byte @Nullable [] key, JoinInput input) {
        if (input instanceof JoinInput.EventClaim event) {
            Claim claim = event.claim();
            if (claim.getMethod() != Method.REPLAY_ID) {
                return keyed(claim.getEvent().getTraceId(), input);
            }
            Sighting witness = SightingReader.witness(claim);
            return witness == null ? List.of() : keyed(witness.getTraceId(), new JoinInput.ReplaySighting(witness));
        }
        if (input instanceof JoinInput.ReplaySighting replay) {
            Id trace = replay.sighting().getTraceId();
            return trace == null ? List.of() : keyed(trace, input);
        }
        return List.of(KeyValue.pair(NO_KEY, input));
    }

    /** Events with an explicit id ask for their replay; segments prove it. */
    static List<KeyValue<byte[], JoinInput>> byReplay(byte @Nullable [] key, JoinInput input) {
        if (input instanceof JoinInput.EventClaim event) {
            Id replay = event.claim().getReplayId();
            return replay == null ? List.of() : keyed(replay, input);
        }
        if (input instanceof JoinInput.ReplaySighting replay) {
            Sighting sighting = replay.sighting();
            return sighting.getTraceId() != null ? List.of() : keyed(sighting.getReplayId(), input);
        }
        return List.of(KeyValue.pair(NO_KEY, input));
    }

    /** Each record once: events and segments by the replay that they name, witnesses and other events by their trace. */
    static List<KeyValue<byte[], JoinInput>> once(byte @Nullable [] key, JoinInput input) {
        if (input.forAll()) {
            return List.of();
        }
        List<KeyValue<byte[], JoinInput>> byReplay = byReplay(key, input);
        return byReplay.isEmpty() ? byTrace(key, input) : byReplay;
    }

    /** What concerns all partitions goes to all, everything else by the hash of its key. */
    static StreamPartitioner<byte[], JoinInput> partitioner() {
        return (topic, key, input, partitions) -> input.forAll() ? Optional.of(all(partitions)) : Optional.empty();
    }

    private static Set<Integer> all(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
    }

    private static List<KeyValue<byte[], JoinInput>> keyed(Id id, JoinInput input) {
        return List.of(KeyValue.pair(id.bytes(), input));
    }
}
