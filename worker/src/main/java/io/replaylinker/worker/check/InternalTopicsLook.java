package io.replaylinker.worker.check;

import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.wiring.FormerTopics;
import io.replaylinker.worker.wiring.ShuffleTopics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;

/** Whether the topics between the steps of the join can be made, or are divided as the settings say. */
final class InternalTopicsLook implements KafkaLook {

    private final Settings settings;

    InternalTopicsLook(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String subject() {
        return "internal topics";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        ShuffleTopics shuffle = new ShuffleTopics(settings);
        Map<String, NewTopic> wanted =
                shuffle.topics().stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
        List<String> names = shuffle.topics().stream().map(NewTopic::name).toList();
        for (TopicState topic : kafka.topics(names)) {
            look(topic, Objects.requireNonNull(wanted.get(topic.name())), shuffle, kafka, findings);
        }
        former(kafka, findings);
    }

    private void look(TopicState topic, NewTopic wanted, ShuffleTopics shuffle, KafkaView kafka, Findings findings)
            throws InterruptedException {
        String subject = "topic " + topic.name();
        String missing = topic.missing(AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE);
        TopicDescription description = topic.description();
        if (topic.isForbidden() || !missing.isEmpty()) {
            findings.problem(
                    subject,
                    "the user lacks " + (missing.isEmpty() ? "READ, WRITE and DELETE" : missing),
                    "grant all of READ, WRITE, DELETE, CREATE and DESCRIBE on topics that begin with "
                            + settings.get(WorkerSettings.APPLICATION_ID) + "-");
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

    private void former(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        Set<String> former = FormerTopics.of(
                settings.get(WorkerSettings.APPLICATION_ID),
                KafkaView.answer(kafka.admin().listTopics().names()));
        if (!former.isEmpty()) {
            findings.warning(
                    "former topics",
                    "an earlier release has left " + String.join(", ", former) + ", which nobody reads any more",
                    "delete them while no worker of that release runs: replay-linker reset --former --yes");
        }
    }
}
