package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.TopicState;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Checks that the topics that the join writes and the sink reads exist or can be created, and accept acknowledged writes. */
final class OutputTopicsLook implements KafkaLook {

    private static final Duration SHORT_OUTAGE = Duration.ofDays(1);

    /**
     * Names of the topics.
     *
     * @param links topic of the links
     * @param carried topics that the join writes and the sink reads; links is one of them
     * @param sentrys topic of Sentry that the sink writes to; null for none
     */
    record Topics(
            String links, List<String> carried, @Nullable String sentrys) {}

    private final Topics topics;
    private final Set<Role> roles;
    private final TopicsWiring wiring;
    private final KafkaProperties kafka;

    OutputTopicsLook(Topics topics, Set<Role> roles, TopicsWiring wiring, KafkaProperties kafka) {
        this.topics = topics;
        this.roles = roles;
        this.wiring = wiring;
        this.kafka = kafka;
    }

    @Override
    public String subject() {
        return "outputs";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        Map<String, NewTopic> made =
                wiring.outputs().stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
        Map<String, Set<AclOperation>> needed = needed();
        for (TopicState topic : kafka.topics(needed.keySet())) {
            String subject = "topic " + topic.name();
            Set<AclOperation> rights = needed.getOrDefault(topic.name(), Set.of());
            String missing = topic.missing(rights.toArray(AclOperation[]::new));
            if (topic.isForbidden() || !missing.isEmpty()) {
                String names = rights.stream().map(AclOperation::name).collect(Collectors.joining(" and "));
                findings.problem(
                        subject, "the user lacks " + (missing.isEmpty() ? names : missing), "grant it on the topic");
            } else if (topic.description() == null) {
                missing(subject, made.get(topic.name()), kafka, findings);
            } else {
                there(subject, topic, topic.description(), findings);
            }
        }
    }

    /** Topics by name with the operations that the worker's user needs. */
    private Map<String, Set<AclOperation>> needed() {
        Map<String, Set<AclOperation>> needed = new LinkedHashMap<>();
        for (String topic : topics.carried()) {
            Set<AclOperation> rights = EnumSet.noneOf(AclOperation.class);
            if (roles.contains(Role.JOIN)) {
                rights.add(AclOperation.WRITE);
            }
            if (roles.contains(Role.SINK)) {
                rights.add(AclOperation.READ);
            }
            needed.put(topic, rights);
        }
        wiring.outputs().forEach(topic -> needed.putIfAbsent(topic.name(), EnumSet.of(AclOperation.WRITE)));
        if (roles.contains(Role.JOIN)) {
            wiring.userKey()
                    .topic()
                    .ifPresent(topic -> needed.put(topic, EnumSet.of(AclOperation.READ, AclOperation.WRITE)));
        }
        if (topics.sentrys() != null) {
            needed.put(topics.sentrys(), EnumSet.of(AclOperation.WRITE));
        }
        return needed;
    }

    private void missing(String subject, @Nullable NewTopic made, KafkaView kafka, Findings findings)
            throws InterruptedException {
        if (made == null) {
            findings.problem(
                    subject,
                    "does not exist, or the user may not describe it",
                    "start a worker with the role join, which creates its own topics; create Sentry's with Sentry");
        } else if (wiring.isMade(made.name())) {
            new TopicCreation(kafka).rehearse(subject, made, findings);
        } else {
            findings.problem(subject, "does not exist", "create it, or set topics.create=true");
        }
    }

    private void there(String subject, TopicState topic, TopicDescription description, Findings findings) {
        long needed = topic.number("min.insync.replicas").orElse(1L);
        long least = description.partitions().stream()
                .mapToLong(partition -> partition.isr().size())
                .min()
                .orElse(0);
        if (topic.withoutLeader() > 0 || least < needed) {
            findings.problem(
                    subject,
                    "a partition has %s in sync and needs %d (min.insync.replicas): it rejects writes"
                            .formatted(Units.count(least, "replica"), needed),
                    "restart its brokers, add replicas, or lower its min.insync.replicas");
        } else {
            findings.ok(
                    subject,
                    "%s, kept %s"
                            .formatted(
                                    Units.count(description.partitions().size(), "partition"),
                                    Units.duration(topic.number("retention.ms").orElse(-1L))));
        }
        if (topics.links().equals(topic.name())) {
            retention(subject, topic, findings);
        }
        if (wiring.userKey().topic().equals(Optional.of(topic.name()))) {
            key(subject, topic, findings);
        }
        batches(subject, topic, findings);
    }

    private static void retention(String subject, TopicState topic, Findings findings) {
        long kept = topic.number("retention.ms").orElse(-1L);
        if (kept >= 0 && kept < SHORT_OUTAGE.toMillis()) {
            findings.warning(
                    subject,
                    "retains links for %s: a longer outage of ClickHouse loses them".formatted(Units.duration(kept)),
                    "set its retention.ms to the longest outage to survive, such as 604800000 for a week");
        }
    }

    /** Without the former key, no hash of a user from before matches one of now. */
    private static void key(String subject, TopicState topic, Findings findings) {
        long kept = topic.number("retention.ms").orElse(-1L);
        boolean compacted = String.valueOf(topic.config().get("cleanup.policy")).contains("compact");
        if (kept >= 0 || compacted) {
            findings.problem(
                    subject,
                    compacted
                            ? "is compacted, and the key of user hashes is its first record"
                            : "retains the key of user hashes for %s, and then a new key is created"
                                    .formatted(Units.duration(kept)),
                    "set its cleanup.policy=delete and retention.ms=-1, or set user.hash-key");
        }
    }

    private void batches(String subject, TopicState topic, Findings findings) {
        long largest = topic.number("max.message.bytes").orElse(Long.MAX_VALUE);
        long batch = Long.parseLong(
                String.valueOf(kafka.streams().get(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG))));
        if (largest < batch) {
            findings.warning(
                    subject,
                    "accepts batches up to %s, and the worker sends up to %s"
                            .formatted(Units.bytes(largest), Units.bytes(batch)),
                    "raise its max.message.bytes, or lower kafka.producer.batch.size");
        }
    }
}
