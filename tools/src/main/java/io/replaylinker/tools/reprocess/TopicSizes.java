package io.replaylinker.tools.reprocess;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much room partitions take on the brokers' disks. The sizes are informative only, so a broker that does not report them stops nothing.
 */
final class TopicSizes {

    private static final Logger LOG = LoggerFactory.getLogger(TopicSizes.class);

    private TopicSizes() {}

    /** Bytes by partition, of the largest replica; partitions that no broker reports are missing. */
    static Map<TopicPartition, Long> of(Admin admin, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> sizes = new HashMap<>();
        try {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            for (Map<String, LogDirDescription> disks :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                for (LogDirDescription disk : disks.values()) {
                    disk.replicaInfos().forEach((partition, replica) -> {
                        if (partitions.contains(partition)) {
                            sizes.merge(partition, replica.size(), Math::max);
                        }
                    });
                }
            }
        } catch (ExecutionException e) {
            LOG.info("The brokers did not return the sizes of topics: {}", String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sizes;
    }
}
