package io.replaylinker.tools.check;

import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.Peer;
import io.replaylinker.runtime.diagnosis.TlsDiagnosis;
import io.replaylinker.serdes.avro.AvroSerializer;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.registry.SchemaRegistry;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;

/** Checks that the registry can be reached, accepts the credentials, and accepts the schemas that the join writes. */
final class RegistryCheck implements AreaCheck {

    private final ValueSerdes serdes;
    private final Map<String, Class<? extends SpecificRecord>> written;

    /**
     * A check of the registry of these serdes.
     *
     * @param serdes that answer at once: a start waits for a registry
     * @param written what the join writes, by topic; empty without a join
     */
    RegistryCheck(ValueSerdes serdes, Map<String, Class<? extends SpecificRecord>> written) {
        this.serdes = serdes;
        this.written = written;
    }

    @Override
    public Area area() {
        return Area.REGISTRY;
    }

    @Override
    public void look(Findings findings) {
        SchemaRegistry registry = serdes.registry();
        if (registry == null) {
            findings.skipped(
                    "schemas", "avro.value.serde replaces the built-in serde, which alone supports this check");
            return;
        }
        boolean isThere = isThere(registry, findings);
        if (!written.isEmpty()) {
            if (isThere) {
                written.forEach((topic, type) -> schema(topic, type, findings));
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

    private <T extends SpecificRecord> void schema(String topic, Class<T> type, Findings findings) {
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
