package io.replaylinker.tools.check;

import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.TimestampType;
import io.replaylinker.worker.start.TopicState;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/** Checks that the source topics exist, may be read, have enough retention, and carry times that can be trusted. */
final class SourceTopicsLook implements KafkaLook {

    /** A record is in memory as bytes, as fields, and once more among those that wait to be processed. */
    private static final int COPIES = 4;

    private final SourceTopics sources;
    private final boolean areCreated;
    private final Duration waitFor;
    private final Duration memory;
    private final Clock clock;

    /**
     * A check of the source topics.
     *
     * @param areCreated whether the worker creates those that are missing
     * @param waitFor how long an event waits for its replay
     * @param memory how long a replay is remembered
     */
    SourceTopicsLook(SourceTopics sources, boolean areCreated, Duration waitFor, Duration memory, Clock clock) {
        this.sources = sources;
        this.areCreated = areCreated;
        this.waitFor = waitFor;
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public String subject() {
        return "sources";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        for (TopicState topic : kafka.topics(sources.names())) {
            String subject = "topic " + topic.name();
            TopicDescription description = topic.description();
            if (topic.isForbidden() || !topic.missing(AclOperation.READ).isEmpty()) {
                findings.problem(subject, "the user may not read it", "grant READ and DESCRIBE on it");
            } else if (description == null) {
                missing(subject, topic.name(), findings);
            } else {
                findings.ok(subject, summary(topic, description));
            }
            if (description != null) {
                serving(subject, topic, findings);
                retention(subject, topic, findings);
                new TimestampType(topic)
                        .mistake()
                        .ifPresent(mistake -> findings.warning(subject, mistake, TimestampType.remedy(topic.name())));
                size(subject, topic, findings);
                clocks(subject, kafka, description, findings);
            }
        }
    }

    private static String summary(TopicState topic, TopicDescription description) {
        String partitions = Units.count(description.partitions().size(), "partition");
        if (topic.config().isEmpty()) {
            return partitions + "; its configuration is unknown without the right DESCRIBE_CONFIGS";
        }
        return "%s, %s, kept %s, records up to %s"
                .formatted(
                        partitions,
                        topic.config().get("message.timestamp.type"),
                        Units.duration(topic.number("retention.ms").orElse(-1L)),
                        Units.bytes(topic.number("max.message.bytes").orElse(0L)));
    }

    private void missing(String subject, String topic, Findings findings) {
        if (areCreated) {
            findings.ok(subject, "will be created");
        } else if (sources.mayBeMissing(topic)) {
            findings.warning(
                    subject,
                    "does not exist, or the user may not describe it: the worker starts without it",
                    "ignore this if Sentry does not have it; otherwise create it and restart all workers. Topics set in "
                            + SourceTopics.SETTINGS + " must exist");
        } else {
            findings.problem(
                    subject,
                    "does not exist, or the user may not describe it",
                    "create the topics of the producers, or set other topics in " + SourceTopics.SETTINGS);
        }
    }

    private static void serving(String subject, TopicState topic, Findings findings) {
        if (topic.withoutLeader() > 0) {
            findings.problem(
                    subject,
                    Units.count(topic.withoutLeader(), "partition") + " without a leader: they cannot be read",
                    "restart the brokers that hold its replicas");
        }
    }

    private void retention(String subject, TopicState topic, Findings findings) {
        if (String.valueOf(topic.config().get("cleanup.policy")).contains("compact")) {
            findings.problem(
                    subject,
                    "it is compacted: of all records of a key only the newest remains",
                    "set its cleanup.policy=delete");
        }
        long kept = topic.number("retention.ms").orElse(-1L);
        long memoryMs = memory.toMillis();
        long waitMs = waitFor.toMillis();
        String remedy = "set its retention.ms to %d or more".formatted(memoryMs);
        if (kept >= 0 && kept < waitMs) {
            findings.problem(
                    subject,
                    "retains records for %s, less than the wait of %s: after a pause of that length events are deleted before"
                                    .formatted(Units.duration(kept), Units.duration(waitMs))
                            + " they are read",
                    remedy);
        } else if (kept >= 0 && kept < memoryMs) {
            findings.warning(
                    subject,
                    "retains records for %s, less than the memory of %s: a start without state does not find all links again"
                            .formatted(Units.duration(kept), Units.duration(memoryMs)),
                    remedy);
        }
    }

    private static void size(String subject, TopicState topic, Findings findings) {
        long largest = topic.number("max.message.bytes").orElse(0L);
        long heap = Runtime.getRuntime().maxMemory();
        if (largest * COPIES > heap) {
            findings.warning(
                    subject,
                    "a record may have %s, and the heap is %s".formatted(Units.bytes(largest), Units.bytes(heap)),
                    "give the worker a larger -Xmx, or lower the topic's max.message.bytes");
        }
    }

    /** The brokers' clocks cannot be read; but the times that they have stamped must not lie in the future. */
    private void clocks(String subject, KafkaView kafka, TopicDescription description, Findings findings)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> newest = description.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(description.name(), partition.partition()),
                        partition -> OffsetSpec.maxTimestamp()));
        try {
            Map<TopicPartition, ListOffsetsResultInfo> found =
                    KafkaView.answer(kafka.admin().listOffsets(newest).all());
            long latest = found.values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .max()
                    .orElse(-1);
            Duration ahead = Duration.between(clock.instant(), Instant.ofEpochMilli(latest));
            if (!ahead.isNegative() && Clocks.areApart(ahead)) {
                findings.warning(
                        subject,
                        "its newest record has a timestamp %s ahead of this machine's clock"
                                .formatted(Units.duration(ahead.toMillis())),
                        "synchronize brokers, producers and this machine with the same time servers (NTP)");
            }
        } catch (Unanswered e) {
            findings.skipped(subject + "'s clock", "Kafka did not return its newest timestamp: " + e.getMessage());
        }
    }
}
