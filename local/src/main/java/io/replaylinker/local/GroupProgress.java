package io.replaylinker.local;

import io.replaylinker.runtime.wiring.GroupOffsets;
import io.replaylinker.topology.ShuffleSettings;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * Progress of a Streams application. It is through when every partition that it reads, its own topics between the steps included, is read
 * and committed to the end. A commit follows the output of what was read, so no record is in flight.
 */
final class GroupProgress {

    private final Admin admin;
    private final ShuffleSettings shuffle;

    GroupProgress(Admin admin, ShuffleSettings shuffle) {
        this.admin = admin;
        this.shuffle = shuffle;
    }

    /** The order of the two requests matters: committed offsets are compared with ends that are at least as new. */
    boolean isThrough() {
        Map<TopicPartition, Long> committed = committed();
        Map<TopicPartition, Long> ends = new TopicEnds(admin).of(topics());
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Records read so far, over all partitions. */
    long read() {
        return committed().values().stream().mapToLong(Long::longValue).sum();
    }

    private Collection<String> topics() {
        Set<String> topics = new TreeSet<>(DumpLoader.TOPICS);
        topics.addAll(shuffle.blocks());
        return topics;
    }

    private Map<TopicPartition, Long> committed() {
        return new GroupOffsets(admin).of(shuffle.application());
    }
}
