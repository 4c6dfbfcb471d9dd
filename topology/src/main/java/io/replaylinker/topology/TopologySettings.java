package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.join.JoinSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that shapes the topology.
 *
 * @param shufflePartitions partitions of the topics between the steps: the parallelism of the join, whatever the sources have. It
 *     cannot change while there is state
 * @param log the topics between the steps where these are the state as well; null where the state is in stores of Kafka Streams
 */
public record TopologySettings(
        List<Source<BackendEvent>> events,
        List<Source<Span>> spans,
        List<Source<ReplaySegment>> replays,
        OutputTopics topics,
        OutputSerdes serdes,
        EvidenceSettings evidence,
        JoinSettings join,
        ReplaySideSettings replaySide,
        int shufflePartitions,
        DeadLetterSettings deadLetters,
        @Nullable LogTopics log) {

    /** With the state in stores of Kafka Streams. */
    public TopologySettings(
            List<Source<BackendEvent>> events,
            List<Source<Span>> spans,
            List<Source<ReplaySegment>> replays,
            OutputTopics topics,
            OutputSerdes serdes,
            EvidenceSettings evidence,
            JoinSettings join,
            ReplaySideSettings replaySide,
            int shufflePartitions,
            DeadLetterSettings deadLetters) {
        this(events, spans, replays, topics, serdes, evidence, join, replaySide, shufflePartitions, deadLetters, null);
    }

    /** The same with the state in the topics between the steps. */
    public TopologySettings withLog(LogTopics topicsBetween) {
        return new TopologySettings(
                events,
                spans,
                replays,
                topics,
                serdes,
                evidence,
                join,
                replaySide,
                shufflePartitions,
                deadLetters,
                topicsBetween);
    }

    public TopologySettings {
        events = List.copyOf(events);
        spans = List.copyOf(spans);
        replays = List.copyOf(replays);
        if ((events.isEmpty() && spans.isEmpty()) || replays.isEmpty()) {
            throw new IllegalArgumentException("at least one topic of events or spans and one of replays is needed");
        }
        if (shufflePartitions < 1) {
            throw new IllegalArgumentException("the shuffle has one partition or more, not " + shufflePartitions);
        }
    }
}
