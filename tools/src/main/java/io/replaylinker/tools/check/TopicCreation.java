package io.replaylinker.tools.check;

import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.util.List;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;

/** Asks Kafka to validate the creation of a topic, which checks rights, replicas and policies at once and creates nothing. */
final class TopicCreation {

    private final KafkaView kafka;

    TopicCreation(KafkaView kafka) {
        this.kafka = kafka;
    }

    void rehearse(String subject, NewTopic topic, Findings findings) throws InterruptedException {
        try {
            KafkaView.answer(kafka.admin()
                    .createTopics(List.of(topic), new CreateTopicsOptions().validateOnly(true))
                    .values()
                    .get(topic.name()));
            findings.ok(subject, "will be created with " + Units.count(topic.numPartitions(), "partition"));
        } catch (Unanswered e) {
            findings.problem(
                    subject,
                    "does not exist, and Kafka would not create it: " + e.getMessage(),
                    e.isForbidden()
                            ? "grant CREATE on it, or create it beforehand"
                            : "create it beforehand, or change topics.replication, or kafka.replication.factor for internal topics");
        }
    }
}
