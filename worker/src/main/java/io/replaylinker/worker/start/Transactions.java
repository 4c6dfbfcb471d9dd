package io.replaylinker.worker.start;

import io.replaylinker.runtime.diagnosis.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Tries a transaction without writing anything. The producer only initializes its transactional id, which needs all that a transaction
 * needs.
 */
public final class Transactions {

    public static final String REMEDY =
            "set transaction.state.log.replication.factor and transaction.state.log.min.isr on the brokers to no"
                    + " more than there are brokers (1 for a single one) and restart them; or set processing.guarantee=at_least_once,"
                    + " which finds the same links";

    private static final String TOPIC = "__transaction_state";
    private static final String REPLICAS = "transaction.state.log.replication.factor";
    private static final String IN_SYNC = "transaction.state.log.min.isr";

    private final Map<String, Object> producer;
    private final String application;
    private final Duration within;

    /**
     * A trial.
     *
     * @param producer Kafka's own settings of a producer
     * @param application id of the application, which begins its transactional ids
     */
    public Transactions(Map<String, Object> producer, String application, Duration within) {
        this.producer = producer;
        this.application = application;
        this.within = within;
    }

    /** Why transactions are not possible; empty when one was begun. */
    public Optional<String> mistake(KafkaView kafka) throws Unanswered, InterruptedException {
        Optional<String> known = tooFewBrokers(kafka);
        return known.isPresent() ? known : refused();
    }

    /** Found at once, where a try would only time out. */
    private static Optional<String> tooFewBrokers(KafkaView kafka) throws Unanswered, InterruptedException {
        Collection<Node> brokers =
                KafkaView.answer(kafka.admin().describeCluster().nodes());
        TopicState log = kafka.topics(List.of(TOPIC)).get(0);
        if (log.description() != null || log.isForbidden()) {
            return Optional.empty();
        }
        Map<String, String> config = kafka.config(new ConfigResource(
                ConfigResource.Type.BROKER, brokers.iterator().next().idString()));
        for (String setting : List.of(REPLICAS, IN_SYNC)) {
            int wanted = Integer.parseInt(config.getOrDefault(setting, "1"));
            if (wanted > brokers.size()) {
                return Optional.of("Kafka cannot run them: %s is %d, and there %s"
                        .formatted(
                                setting,
                                wanted,
                                brokers.size() == 1 ? "is 1 broker" : "are " + brokers.size() + " brokers"));
            }
        }
        return Optional.empty();
    }

    private Optional<String> refused() {
        try (Producer<byte[], byte[]> trial =
                new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            try {
                trial.initTransactions();
                return Optional.empty();
            } catch (TimeoutException e) {
                return Optional.of("Kafka started none within %s".formatted(Units.duration(within.toMillis())));
            } catch (KafkaException e) {
                return Optional.of("Kafka started none: " + Reason.of(e));
            } finally {
                trial.close(Duration.ZERO);
            }
        }
    }

    /** Uses the same prefix as the ids of Streams, so that an ACL on the prefix covers this id too. */
    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>(producer);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, application + "-check");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, within.toMillis());
        return properties;
    }
}
