package io.replaylinker.tools.check;

import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.Peer;
import io.replaylinker.runtime.diagnosis.TlsDiagnosis;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.avro.AvroSerializer;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** Checks that the registry can be reached, accepts the credentials, and accepts the schemas that the join writes. */
final class RegistryCheck implements AreaCheck {

    /** A start waits for a registry; a check wants an answer at once. */
    private final Settings settings;

    RegistryCheck(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Area area() {
        return Area.REGISTRY;
    }

    @Override
    public void look(Findings findings) {
        ValueSerdes serdes = SerdesWiring.impatient(settings);
        SchemaRegistry registry = serdes.registry();
        if (registry == null) {
            findings.skipped(
                    "schemas", "avro.value.serde replaces the built-in serde, which alone supports this check");
            return;
        }
        boolean isThere = isThere(registry, findings);
        if (settings.get(WorkerSettings.ROLES).contains(Role.JOIN)) {
            if (isThere) {
                schemas(serdes, findings);
            } else {
                findings.skipped("schemas", "the registry does not respond");
            }
        }
    }

    private static boolean isThere(SchemaRegistry registry, Findings findings) {
        try {
            registry.verify();
            findings.ok("registry", "answers");
            return true;
        } catch (KafkaException e) {
            Optional<Diagnosis> tls = TlsDiagnosis.of(e, Peer.REGISTRY);
            findings.problem(
                    "registry",
                    tls.map(diagnosis -> diagnosis.found() + ": ").orElse("") + message(e),
                    tls.map(Diagnosis::remedy)
                            .orElse(
                                    "check schema.registry.url and the credentials; the address includes the path of Confluent's API"
                                            + " (Apicurio's is /apis/ccompat/v7)"));
            return false;
        }
    }

    private void schemas(ValueSerdes serdes, Findings findings) {
        Map<Setting<String>, Class<? extends SpecificRecord>> written = new LinkedHashMap<>();
        written.put(WorkerSettings.LINKS_TOPIC, Link.class);
        written.put(WorkerSettings.UNLINKED_TOPIC, Unlinked.class);
        written.put(WorkerSettings.STATES_TOPIC, ReplayState.class);
        written.put(WorkerSettings.DEAD_LETTERS_TOPIC, DeadLetter.class);
        TraceContextSettings.topics(settings).forEach(topic -> written.put(topic, TraceNode.class));
        written.forEach((topic, type) -> schema(serdes, settings.get(topic), type, findings));
    }

    private static <T extends SpecificRecord> void schema(
            ValueSerdes serdes, String topic, Class<T> type, Findings findings) {
        String subject = "schema of " + topic;
        if (!(serdes.serializer(type) instanceof AvroSerializer<T> serializer)) {
            findings.skipped(subject, "another serializer writes it");
            return;
        }
        try {
            boolean known = serializer.rehearse(topic, SpecificData.get().getSchema(type));
            findings.ok(subject, known ? "is there" : "will be registered with the first record");
        } catch (KafkaException e) {
            findings.problem(
                    subject,
                    message(e),
                    "register the schema (schemas/src/main/avro) by hand, fix the subject's history, or set another topic name");
        }
    }

    private static String message(KafkaException e) {
        return String.valueOf(e.getMessage());
    }
}
