package io.replaylinker.topology;

import java.util.List;

/**
 * The topics between the steps, which are their state too: a step keeps in memory what it made of the last hours of its topic, and after a
 * start or a rebalance makes it again.
 *
 * @param application consumer group of the join; the beginning of the topics' names
 */
public record LogTopics(String application) {

    /** Claims and observations, by trace: what resolve reads. */
    public String byTrace() {
        return application + "-by-trace";
    }

    /** Claims, verdicts and namings, by event: what choose reads. */
    public String byEvent() {
        return application + "-by-event";
    }

    /** Claims and observations, by replay: what confirm reads. */
    public String byReplay() {
        return application + "-by-replay";
    }

    /** Project to organization, compacted, one partition: what no deadline makes forgotten. */
    public String organizations() {
        return application + "-organizations";
    }

    /** Those that are read by partition, and hold blocks. */
    public List<String> shuffled() {
        return List.of(byTrace(), byEvent(), byReplay());
    }
}
