package io.replaylinker.worker.check;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.worker.settings.PassThrough;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.wiring.SerdesWiring;
import io.replaylinker.worker.wiring.ShuffleTopics;
import io.replaylinker.worker.wiring.TopologyWiring;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

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
        Topology topology = new TopologyWiring(settings, SerdesWiring.offline())
                .unbounded(new SimpleMeterRegistry())
                .build();
        ShuffleTopics shuffle = new ShuffleTopics(settings, topology);
        for (TopicState topic : kafka.topics(shuffle.names())) {
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
                new TopicCreation(kafka).rehearse(subject, asStreamsMakesIt(topic.name()), findings);
            } else {
                shuffle.mistake(description)
                        .ifPresentOrElse(
                                mistake -> findings.problem(subject, mistake, shuffle.remedy(description)),
                                () -> findings.ok(
                                        subject,
                                        Units.count(description.partitions().size(), "partition")));
            }
        }
    }

    private NewTopic asStreamsMakesIt(String name) {
        String replicas =
                settings.withoutPrefix(PassThrough.KAFKA).getOrDefault(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
        return new NewTopic(
                name,
                Optional.of(settings.get(WorkerSettings.SHUFFLE_PARTITIONS)),
                Optional.of(Short.valueOf(replicas)).filter(number -> number > 0));
    }
}
