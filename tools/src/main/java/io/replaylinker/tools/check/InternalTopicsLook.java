package io.replaylinker.tools.check;

import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.ShuffleState;
import io.replaylinker.worker.start.TopicState;
import io.replaylinker.worker.start.Unanswered;
import io.replaylinker.worker.start.Units;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the topics between the steps of the join can be created, or have the partitions that the settings require. */
final class InternalTopicsLook implements KafkaLook {

    private final ShuffleTopics shuffle;

    InternalTopicsLook(ShuffleTopics shuffle) {
        this.shuffle = shuffle;
    }

    @Override
    public String subject() {
        return "internal topics";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        ShuffleState state = new ShuffleState(shuffle);
        for (Map.Entry<NewTopic, TopicState> topic : state.topics(kafka).entrySet()) {
            look(topic.getValue(), topic.getKey(), kafka, findings);
        }
        Set<String> former = state.former(kafka);
        if (!former.isEmpty()) {
            findings.warning(
                    "former topics",
                    "left by an earlier release: " + String.join(", ", former) + "; no longer used",
                    "delete them while no worker of that release runs: replay-linker reset --former --yes");
        }
    }

    private void look(TopicState topic, NewTopic wanted, KafkaView kafka, Findings findings)
            throws InterruptedException {
        String subject = "topic " + topic.name();
        String missing = topic.missing(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE);
        TopicDescription description = topic.description();
        if (topic.isForbidden() || !missing.isEmpty()) {
            findings.problem(
                    subject,
                    "the user lacks " + (missing.isEmpty() ? "READ, WRITE and DELETE" : missing),
                    "grant all of READ, WRITE, DELETE, CREATE and DESCRIBE on topics that begin with "
                            + shuffle.settings().application() + "-");
        } else if (description == null) {
            new TopicCreation(kafka).rehearse(subject, wanted, findings);
        } else {
            int partitions = description.partitions().size();
            shuffle.mistake(wanted, partitions, topic.config())
                    .ifPresentOrElse(
                            mistake -> findings.problem(subject, mistake.found(), mistake.remedy()),
                            () -> findings.ok(subject, Units.count(partitions, "partition")));
        }
    }
}
