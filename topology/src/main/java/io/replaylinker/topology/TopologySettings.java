package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.topology.join.JoinSettings;
import java.util.List;

/**
 * All settings of the topology.
 *
 * @param shuffle the topics between the steps, and the state that is derived from them
 * @param context what is written for the trees of traces
 */
public record TopologySettings(
        List<Source<BackendEvent>> events,
        List<Source<Span>> spans,
        List<Source<ReplaySegment>> replays,
        OutputTopics topics,
        OutputSerdes serdes,
        EvidenceSettings evidence,
        JoinSettings join,
        WatermarkSettings watermark,
        ShuffleSettings shuffle,
        DeadLetterSettings deadLetters,
        ContextSettings context) {

    public TopologySettings {
        events = List.copyOf(events);
        spans = List.copyOf(spans);
        replays = List.copyOf(replays);
        if ((events.isEmpty() && spans.isEmpty()) || replays.isEmpty()) {
            throw new IllegalArgumentException("at least one topic of events or spans and one of replays is needed");
        }
    }
}
