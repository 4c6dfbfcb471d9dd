package io.replaylinker.worker.lifecycle;

import io.replaylinker.runtime.wiring.GroupOffsets;
import io.replaylinker.topology.ReplayLinkTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the blocks that no start will read again. Retention follows the watermark of the step that reads them, and not the wall clock as
 * Kafka's own does: a worker that has fallen behind by a day still finds what it has not read.
 */
final class ShuffleTrim implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ShuffleTrim.class);
    private static final long ANSWER_WITHIN_SECONDS = 20;

    /** Upper bound of the difference between the times in the entries and those of the records that advance a watermark. */
    private static final Duration SKEW = Duration.ofMinutes(15);

    private final ReplayLinkTopology pipeline;
    private final Admin admin;
    private final String group;
    private final Duration retention;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "shuffle-trim");
        thread.setDaemon(true);
        return thread;
    });
    /** Watermarks of the steps in the round before, which are committed by now. */
    private Map<TopicPartition, Long> committedMs = Map.of();

    private boolean failed;

    /**
     * Creates it without starting it.
     *
     * @param admin closed together with this
     * @param group of the join: nothing is deleted that it has not read
     * @param retention that is kept behind the watermark of a step
     */
    ShuffleTrim(ReplayLinkTopology pipeline, Admin admin, String group, Duration retention) {
        this.group = group;
        this.pipeline = pipeline;
        this.admin = admin;
        this.retention = retention;
    }

    /** Trims periodically until it is closed. */
    void start(Duration every) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::round, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        Map<TopicPartition, Long> watermarks = pipeline.watermarks();
        try {
            trim(committedMs);
            failed = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            if (!failed) {
                LOG.warn("The internal topics grow, because they cannot be trimmed: {}", e.toString());
            }
            failed = true;
        }
        committedMs = watermarks;
    }

    private void trim(Map<TopicPartition, Long> reachedMs)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> keptFrom = new HashMap<>();
        reachedMs.forEach((partition, ms) -> keptFrom.put(
                partition, OffsetSpec.forTimestamp(Math.max(0, ms - retention.toMillis() - SKEW.toMillis()))));
        if (keptFrom.isEmpty()) {
            return;
        }
        Map<TopicPartition, ListOffsetsResultInfo> found =
                admin.listOffsets(keptFrom).all().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> committed = GroupOffsets.committed(admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS));
        Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
        found.forEach((partition, first) -> {
            long before = Math.min(first.offset(), committed.getOrDefault(partition, 0L));
            if (before > 0) {
                deleted.put(partition, RecordsToDelete.beforeOffset(before));
            }
        });
        admin.deleteRecords(deleted).all().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
