package io.replaylinker.worker.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Read-only requests to Kafka, each answered within a bounded time. */
public final class KafkaView implements AutoCloseable {

    public static final Duration ANSWER_WITHIN = Duration.ofSeconds(8);

    private final Admin admin;

    private KafkaView(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates the client without a request.
     *
     * @param admin Kafka's own settings of an admin client
     * @throws org.apache.kafka.common.KafkaException if the client cannot be created from the settings
     */
    public static KafkaView open(Map<String, Object> admin) {
        Map<String, Object> properties = new HashMap<>(admin);
        for (String timeout :
                List.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            properties.merge(timeout, Long.toString(ANSWER_WITHIN.toMillis()), KafkaView::shorter);
        }
        return new KafkaView(Admin.create(properties));
    }

    private static String shorter(Object given, Object ours) {
        return Long.toString(Math.min(Long.parseLong(given.toString().strip()), Long.parseLong(ours.toString())));
    }

    public Admin admin() {
        return admin;
    }

    /** Waits for a future; the client has one for every resource that was requested. */
    public static <T> T answer(@Nullable KafkaFuture<T> future) throws Unanswered, InterruptedException {
        try {
            return Objects.requireNonNull(future).get(ANSWER_WITHIN.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Unanswered(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new Unanswered(e);
        }
    }

    /** In the order of the names. */
    public List<TopicState> topics(Collection<String> names) throws Unanswered, InterruptedException {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        List<TopicState> topics = new ArrayList<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
            topics.add(topic(topic.getKey(), topic.getValue()));
        }
        topics.sort(Comparator.comparingInt(topic -> List.copyOf(names).indexOf(topic.name())));
        return topics;
    }

    private TopicState topic(String name, KafkaFuture<TopicDescription> description)
            throws Unanswered, InterruptedException {
        try {
            TopicDescription answer = answer(description);
            return new TopicState(name, answer, config(new ConfigResource(ConfigResource.Type.TOPIC, name)), false);
        } catch (Unanswered e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException || e.isForbidden()) {
                return new TopicState(name, null, Map.of(), e.isForbidden());
            }
            throw e;
        }
    }

    /** Of a topic or a broker; empty when the worker's user may not read it. */
    public Map<String, String> config(ConfigResource of) throws Unanswered, InterruptedException {
        try {
            Config config = answer(admin.describeConfigs(List.of(of)).values().get(of));
            Map<String, String> values = new HashMap<>();
            config.entries().forEach(entry -> {
                if (entry.value() != null) {
                    values.put(entry.name(), entry.value());
                }
            });
            return values;
        } catch (Unanswered e) {
            if (e.isForbidden()) {
                return Map.of();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
