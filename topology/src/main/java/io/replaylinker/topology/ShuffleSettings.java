package io.replaylinker.topology;

import java.util.List;

/**
 * Settings of the topics between the steps, which are their state too. A step keeps in memory what it derived from the
 * last hours of its topic, and derives it again after a start or a rebalance.
 *
 * @param application consumer group of the join; the names of the topics begin with it
 * @param partitions of each topic: the parallelism of the join, whatever the sources have. It cannot change while there
 *     is state
 * @param stateBytes upper bound of the states of all partitions together; each has its share of it
 */
public record ShuffleSettings(String application, int partitions, long stateBytes) {

    /** Share of resolve in the bytes of all partitions; choose, which few events need, gets the rest. */
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

    /** Claims and observations, by trace: the input of resolve. */
    public String byTrace() {
        return application + "-by-trace";
    }

    /** Claims, verdicts and namings, by event: the input of choose. */
    public String byEvent() {
        return application + "-by-event";
    }

    /** Claims and observations, by replay: the input of confirm. */
    public String byReplay() {
        return application + "-by-replay";
    }

    /** The organization of each project, which never expires; compacted, one partition. */
    public String organizations() {
        return application + "-organizations";
    }

    /** The topics that are read by partition, and contain blocks. */
    public List<String> blocks() {
        return List.of(byTrace(), byEvent(), byReplay());
    }

    /** The share of one partition of this topic. */
    long bytesOf(String topic) {
        double share = topic.equals(byTrace())
                ? RESOLVE_SHARE
                : topic.equals(byReplay()) ? CONFIRM_SHARE : 1 - RESOLVE_SHARE - CONFIRM_SHARE;
        return Math.max(1, Math.round(stateBytes * share / partitions));
    }
}
