package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.KafkaDiagnosis;
import io.replaylinker.runtime.settings.BadRowsPolicy;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SinkFaultSettings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The worker's topics: outputs are created when they are missing, sources must exist. */
public final class TopicsWiring {

    private static final Logger LOG = LoggerFactory.getLogger(TopicsWiring.class);
    private static final int LOOKS = 15;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Settings settings;
    private final SourceTopics sources;

    public TopicsWiring(Settings settings) {
        this.settings = settings;
        this.sources = new SourceTopics(settings);
    }

    /**
     * Checks all topics that the worker's roles need, and creates the outputs.
     *
     * @return the settings, without default topics that do not exist
     * @throws CommandFailedException if a topic is missing that the worker may not create, or Kafka cannot be reached
     */
    public Settings prepare() {
        try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            Set<String> existing = existing(admin);
            Set<String> missingSources = missingSources(existing);
            if (settings.get(WorkerSettings.CREATE_SOURCE_TOPICS)) {
                create(admin, missingSources.stream().map(this::source).toList());
            } else {
                requireSources(missingSources);
            }
            Settings read = settings.get(WorkerSettings.CREATE_SOURCE_TOPICS) ? settings : reading(missingSources);
            List<NewTopic> missing = missing(outputs(), existing);
            if (!missing.isEmpty()) {
                createOutputs(admin, missing);
            }
            if (settings.get(WorkerSettings.ROLES).contains(Role.JOIN)) {
                createShuffle(admin, missing(new ShuffleTopics(settings).topics(), existing));
            }
            return read;
        } catch (ExecutionException e) {
            throw new CommandFailedException("Kafka cannot be asked for its topics: " + diagnosis(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted while asking Kafka for its topics", e);
        }
    }

    /** A newly created topic is not yet in every broker's metadata, so a missing source is looked up again. */
    private Set<String> existing(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        boolean othersMakeThem = !settings.get(WorkerSettings.CREATE_SOURCE_TOPICS);
        for (int look = 1;
                othersMakeThem && look < LOOKS && !missingSources(existing).isEmpty();
                look++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            existing = admin.listTopics().names().get();
        }
        return existing;
    }

    /** Sentry's own topics, the one that is written to among them: the worker must not create that either. */
    private Set<String> missingSources(Set<String> existing) {
        return Stream.concat(sources.names().stream(), SentrySettings.writtenTopic(settings).stream())
                .filter(topic -> !existing.contains(topic))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void requireSources(Set<String> missing) {
        List<String> needed =
                missing.stream().filter(topic -> !sources.mayBeMissing(topic)).toList();
        if (!needed.isEmpty()) {
            throw new CommandFailedException("Kafka has no topic " + String.join(", no topic ", needed)
                    + "; create the topics of the producers, or set other topics in " + SourceTopics.SETTINGS + ".");
        }
    }

    private Settings reading(Set<String> missing) {
        if (missing.isEmpty()) {
            return settings;
        }
        LOG.warn(
                "Kafka has no topic {}, which the defaults of {} contain and not every Sentry has. It is not read until"
                        + " all workers are restarted",
                String.join(", no topic ", missing),
                SourceTopics.SETTINGS);
        return sources.without(missing);
    }

    private static List<NewTopic> missing(List<NewTopic> topics, Set<String> existing) {
        return topics.stream().filter(topic -> !existing.contains(topic.name())).toList();
    }

    /** Kafka Streams fails at once when it does not see a source, so the start waits until the brokers' metadata has them. */
    private static void createShuffle(Admin admin, List<NewTopic> missing)
            throws ExecutionException, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        create(admin, missing);
        List<String> names = missing.stream().map(NewTopic::name).toList();
        for (int look = 1; look < LOOKS && !admin.listTopics().names().get().containsAll(names); look++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private void createOutputs(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        List<String> ofOthers = missing.stream()
                .map(NewTopic::name)
                .filter(name -> !isMade(name))
                .toList();
        if (!ofOthers.isEmpty()) {
            throw new CommandFailedException("Kafka has no topic " + String.join(", no topic ", ofOthers)
                    + "; create it, or set topics.create=true.");
        }
        create(admin, missing);
    }

    /** Whether the worker creates the topic: that of the key always, like those between the steps. */
    public boolean isMade(String output) {
        return settings.get(WorkerSettings.CREATE_TOPICS) || userKey().topic().equals(Optional.of(output));
    }

    /** The key of the hashes of users; see {@link UserKey}. */
    public UserKey userKey() {
        return new UserKey(
                new KafkaProperties(settings),
                settings.find(WorkerSettings.USER_HASH_KEY).orElse(null));
    }

    private static void create(Admin admin, List<NewTopic> missing) throws ExecutionException, InterruptedException {
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
                // Another worker of the same installation was faster.
            }
        }
    }

    /**
     * The output topics that the roles need, as they are created. Links and verdicts are many a key and kept for a while; of a replay only
     * the latest record is kept.
     */
    public List<NewTopic> outputs() {
        String retentionMs =
                Long.toString(settings.get(WorkerSettings.TOPIC_RETENTION).toMillis());
        Map<String, String> delete = Map.of("cleanup.policy", "delete", "retention.ms", retentionMs);
        Map<String, String> compact = Map.of("cleanup.policy", "compact,delete", "retention.ms", retentionMs);
        List<NewTopic> topics = new ArrayList<>();
        topics.add(output(settings.get(WorkerSettings.LINKS_TOPIC), delete));
        if (settings.get(WorkerSettings.ROLES).contains(Role.JOIN)) {
            topics.add(output(settings.get(WorkerSettings.UNLINKED_TOPIC), delete));
            topics.add(output(settings.get(WorkerSettings.STATES_TOPIC), compact));
            userKey().topic().map(this::key).ifPresent(topics::add);
        }
        TraceContextSettings.topics(settings).forEach(topic -> topics.add(output(settings.get(topic), delete)));
        if (settings.get(WorkerSettings.ROLES).contains(Role.JOIN)
                || settings.get(SinkFaultSettings.BAD_ROWS) == BadRowsPolicy.SET_ASIDE) {
            topics.add(output(settings.get(WorkerSettings.DEAD_LETTERS_TOPIC), delete));
        }
        return topics;
    }

    /** As Sentry makes them: one partition, the broker's own time. */
    private NewTopic source(String name) {
        return new NewTopic(name, Optional.of(1), replication())
                .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    }

    /** Its first record counts for as long as there is any state with hashes of that key. */
    private NewTopic key(String name) {
        return new NewTopic(name, Optional.of(1), replication())
                .configs(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));
    }

    private NewTopic output(String name, Map<String, String> config) {
        return new NewTopic(name, Optional.of(settings.get(WorkerSettings.TOPIC_PARTITIONS)), replication())
                .configs(config);
    }

    private Optional<Short> replication() {
        return Optional.of(settings.get(WorkerSettings.TOPIC_REPLICATION))
                .filter(replicas -> replicas > 0)
                .map(Integer::shortValue);
    }

    private Diagnosis diagnosis(ExecutionException e) {
        return KafkaDiagnosis.of(
                e.getCause() == null ? e : e.getCause(), " at " + new KafkaProperties(settings).bootstrapServers());
    }
}
