package io.replaylinker.deploy;

import io.replaylinker.embedded.EmbeddedKafka;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker that asks for a password and lets nobody do what no right allows, but for its admin. */
final class GuardedKafka implements AutoCloseable {

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static final String ADMIN = "admin";

    private final EmbeddedKafka kafka;

    private GuardedKafka(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** The password of each user is the user's name. */
    static GuardedKafka start(String... users) {
        StringBuilder known = new StringBuilder(login(ADMIN)).append(" user_admin=\"admin\"");
        for (String user : users) {
            known.append(" user_%s=\"%s\"".formatted(user, user));
        }
        return new GuardedKafka(EmbeddedKafka.start(Map.of(
                "authorizer.class.name",
                RecordingAuthorizer.class.getName(),
                "super.users",
                // The controller's own listener has no passwords.
                "User:" + ADMIN + ";User:ANONYMOUS",
                "listener.security.protocol.map",
                "EXTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "PLAIN",
                "sasl.mechanism.inter.broker.protocol",
                "PLAIN",
                "listener.name.external.plain.sasl.jaas.config",
                known + ";")));
    }

    private static String login(String user) {
        return LOGIN + " username=\"%s\" password=\"%s\"".formatted(user, user);
    }

    /** The client settings of that user. */
    Map<String, String> client(String user) {
        return Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user) + ";");
    }

    void grant(Collection<AclBinding> acls) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.copyOf(client(ADMIN)))) {
            admin.createAcls(acls).all().get();
        }
    }

    void createTopics(String... names) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.copyOf(client(ADMIN)))) {
            admin.createTopics(List.of(names).stream()
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    void produce(String topic, String value) throws ExecutionException, InterruptedException {
        try (Producer<String, String> producer =
                new KafkaProducer<>(Map.copyOf(client(ADMIN)), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
