package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.JoinSettings;
import java.util.List;

/**
 * Everything that shapes the topology.
 *
 * @param shufflePartitions partitions of the topics between the steps: the parallelism of the join, whatever the sources have. It
 *     cannot change while there is state
 * @param deadLetterHeadBytes first bytes of a rejected value that its dead letter carries, 0 to 4096; they may hold personal data
 */
public record TopologySettings(
        List<Source<BackendEvent>> events,
        List<Source<ReplaySegment>> replays,
        OutputTopics topics,
        OutputSerdes serdes,
        ClaimSettings claims,
        JoinSettings join,
        ReplaySideSettings replaySide,
        int shufflePartitions,
        int deadLetterHeadBytes) {

    public TopologySettings {
        events = List.copyOf(events);
        replays = List.copyOf(replays);
        if (events.isEmpty() || replays.isEmpty()) {
            throw new IllegalArgumentException("at least one topic of events and one of replays is needed");
        }
        if (shufflePartitions < 1) {
            throw new IllegalArgumentException("the shuffle has one partition or more, not " + shufflePartitions);
        }
        if (deadLetterHeadBytes < 0 || deadLetterHeadBytes > 4096) {
            throw new IllegalArgumentException("a dead letter carries 0 to 4096 bytes, not " + deadLetterHeadBytes);
        }
    }
}
