package io.replaylinker.topology;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Lookup;
import io.replaylinker.topology.claim.Claims;
import io.replaylinker.topology.shuffle.BlockSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/** Routes an input to the step by trace, the step by event, the step by replay, or all of them. */
final class Routes {

    private static final byte[] NO_KEY = {};

    private Routes() {}

    /**
     * To resolve: events without a replay id of their own, for each trace that they may be on, and observations of
     * traces.
     */
    static List<KeyValue<byte[], JoinInput>> byTrace(byte @Nullable [] key, JoinInput input) {
        if (input instanceof JoinInput.EventClaim event) {
            return event.claim().getReplayId() != null ? List.of() : lookups(event.claim());
        }
        if (input instanceof JoinInput.TraceSeen trace) {
            return keyed(trace.observation().getTraceId(), input);
        }
        return input.forAll() ? List.of(KeyValue.pair(NO_KEY, input)) : List.of();
    }

    private static List<KeyValue<byte[], JoinInput>> lookups(Claim claim) {
        List<Lookup> lookups = claim.getLookups();
        List<KeyValue<byte[], JoinInput>> routed = new ArrayList<>(lookups.size());
        for (int i = 0; i < lookups.size(); i++) {
            Claim copy = lookups.size() == 1 ? claim : Claims.copy(claim);
            copy.setLookup(i);
            routed.add(KeyValue.pair(lookups.get(i).getTraceId().bytes(), new JoinInput.EventClaim(copy)));
        }
        return routed;
    }

    /**
     * To choose: events with more than one lookup, which wait for the verdicts of all of them, and namings by
     * recorders.
     */
    static List<KeyValue<byte[], JoinInput>> byEvent(byte @Nullable [] key, JoinInput input) {
        if (input instanceof JoinInput.EventClaim event) {
            Claim claim = event.claim();
            return claim.getReplayId() == null && Claims.needsChoice(claim) ? ofEvent(claim) : List.of();
        }
        if (input instanceof JoinInput.ErrorNamed named) {
            return keyed(named.naming().getEventId(), input);
        }
        return input.forAll() ? List.of(KeyValue.pair(NO_KEY, input)) : List.of();
    }

    private static List<KeyValue<byte[], JoinInput>> ofEvent(Claim claim) {
        Claim copy = claim;
        if (claim.getLookup() >= 0) {
            copy = Claims.copy(claim);
            copy.setLookup(-1);
        }
        return keyed(claim.getEvent().getEventId(), new JoinInput.EventClaim(copy));
    }

    /** To confirm: events with a replay id of their own, and observations of replays. */
    static List<KeyValue<byte[], JoinInput>> byReplay(byte @Nullable [] key, JoinInput input) {
        if (input instanceof JoinInput.EventClaim event) {
            Id replay = event.claim().getReplayId();
            return replay == null ? List.of() : keyed(replay, input);
        }
        if (input instanceof JoinInput.ReplaySeen replay) {
            return keyed(replay.observation().getReplayId(), input);
        }
        return input.forAll() ? List.of(KeyValue.pair(NO_KEY, input)) : List.of();
    }

    /** Each record once: by the replay that it names, else by its trace, else by its event. */
    static List<KeyValue<byte[], JoinInput>> once(byte @Nullable [] key, JoinInput input) {
        if (input.forAll()) {
            return List.of();
        }
        List<KeyValue<byte[], JoinInput>> byReplay = byReplay(key, input);
        if (!byReplay.isEmpty()) {
            return byReplay;
        }
        List<KeyValue<byte[], JoinInput>> byTrace = byTrace(key, input);
        return byTrace.isEmpty() ? byEvent(key, input) : byTrace.subList(0, 1);
    }

    /** Broadcasts go to all partitions, everything else by the hash of its key. */
    static StreamPartitioner<byte[], JoinInput> partitioner() {
        return (topic, key, input, partitions) ->
                Optional.of(input.forAll() ? all(partitions) : Set.of(BlockSender.partition(key, partitions)));
    }

    private static Set<Integer> all(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toUnmodifiableSet());
    }

    private static List<KeyValue<byte[], JoinInput>> keyed(Id id, JoinInput input) {
        return List.of(KeyValue.pair(id.bytes(), input));
    }
}
