package io.replaylinker.local;

import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.wiring.GroupOffsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a Streams application is with its input. It is through when every partition that it reads, its own shuffle topics
 * included, is read and committed to the end: a commit comes after what was written because of it, so nothing is on its way.
 */
final class GroupProgress {

    private final Admin admin;
    private final String application;

    GroupProgress(Admin admin, String application) {
        this.admin = admin;
        this.application = application;
    }

    /** Asked in this order: what was committed is compared with ends that are at least as new. */
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
        try {
            admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(application + "-") && name.endsWith("-repartition"))
                    .forEach(topics::add);
            return topics;
        } catch (ExecutionException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private Map<TopicPartition, Long> committed() {
        return new GroupOffsets(admin).of(application);
    }

    private static CommandFailedException failed(Exception e) {
        return new CommandFailedException("the embedded Kafka does not tell how far the join is: " + e.getMessage(), e);
    }
}
