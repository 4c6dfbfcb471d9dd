package io.replaylinker.benchmarks.workload;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Ids;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The links that a workload ends with, by the ids that its events have on the topics. */
public final class ExpectedLinks {

    private ExpectedLinks() {}

    /** Event to replay, for each event that is to have a link. */
    public static Map<Id, Id> of(Workload workload, SourceTopics topics) {
        WorkloadRecords records = new WorkloadRecords(workload);
        boolean spans = topics.spans().isPresent();
        Map<Id, Id> replays = new HashMap<>();
        workload.occurrences().filter(workload::isLinked).forEach(at -> {
            BackendEvent event = records.event(at);
            boolean streamed = spans && StreamedCalls.isStreamed(at, event);
            replays.put(
                    id(streamed ? StreamedCalls.eventId(event) : event.getEventId()),
                    id(workload.replayId(at.replay())));
        });
        return replays;
    }

    private static Id id(String hex) {
        return Objects.requireNonNull(Ids.parse(hex));
    }
}
