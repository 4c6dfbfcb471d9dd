package io.replaylinker.topology;

import java.util.List;

/**
 * The topics between the steps, which are their state too: a step keeps in memory what it made of the last hours of its topic, and makes
 * it again after a start or a rebalance.
 *
 * @param application consumer group of the join; the names of the topics begin with it
 * @param partitions of each topic: the parallelism of the join, whatever the sources have. It cannot change while there is state
 * @param stateBytes that the states of all partitions may take together; each has its share of it
 */
public record ShuffleSettings(String application, int partitions, long stateBytes) {

    /** Of the bytes of all partitions, those for resolve; choose, which few events need, gets the rest. */
    private static final double RESOLVE_SHARE = 0.5;

    private static final double CONFIRM_SHARE = 0.4;

    public ShuffleSettings {
        if (partitions < 1) {
            throw new IllegalArgumentException("the shuffle has one partition or more, not " + partitions);
        }
        if (stateBytes < 1) {
            throw new IllegalArgumentException("the state takes a byte or more, not " + stateBytes);
        }
    }

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

    /** Which organization a project belongs to, compacted, one partition: what no deadline makes forgotten. */
    public String organizations() {
        return application + "-organizations";
    }

    /** Those that are read by partition, and hold blocks. */
    public List<String> blocks() {
        return List.of(byTrace(), byEvent(), byReplay());
    }

    /** Of one partition of this topic. */
    long bytesOf(String topic) {
        double share = topic.equals(byTrace())
                ? RESOLVE_SHARE
                : topic.equals(byReplay()) ? CONFIRM_SHARE : 1 - RESOLVE_SHARE - CONFIRM_SHARE;
        return Math.max(1, Math.round(stateBytes * share / partitions));
    }
}
