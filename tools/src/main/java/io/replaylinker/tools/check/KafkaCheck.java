package io.replaylinker.tools.check;

import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.KafkaDiagnosis;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Unanswered;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Checks that Kafka can be reached, and has all that the roles need. */
final class KafkaCheck implements AreaCheck {

    private final KafkaProperties properties;
    private final List<KafkaLook> looks;

    /** @param looks at what the roles need, in the order of the report */
    KafkaCheck(KafkaProperties properties, List<KafkaLook> looks) {
        this.properties = properties;
        this.looks = List.copyOf(looks);
    }

    @Override
    public Area area() {
        return Area.KAFKA;
    }

    @Override
    public void look(Findings findings) throws InterruptedException {
        KafkaView kafka;
        try {
            kafka = KafkaView.open(properties.admin());
        } catch (KafkaException e) {
            Diagnosis diagnosis = KafkaDiagnosis.of(e, at());
            findings.problem("client", diagnosis.found(), diagnosis.remedy());
            skip(findings);
            return;
        }
        try (kafka) {
            new BrokersLook().look(kafka, findings);
            for (KafkaLook look : looks) {
                look(look, kafka, findings);
            }
        } catch (Unanswered e) {
            Diagnosis diagnosis = KafkaDiagnosis.of(e.getCause(), at());
            findings.problem("brokers", diagnosis.found(), diagnosis.remedy());
            skip(findings);
        }
    }

    private static void look(KafkaLook look, KafkaView kafka, Findings findings) throws InterruptedException {
        try {
            look.look(kafka, findings);
        } catch (Unanswered e) {
            if (e.isForbidden()) {
                findings.skipped(look.subject(), "Kafka denied access: " + e.getMessage());
            } else {
                findings.problem(look.subject(), "Kafka did not respond: " + e.getMessage(), "check the brokers' logs");
            }
        }
    }

    private void skip(Findings findings) {
        looks.forEach(look -> findings.skipped(look.subject(), "Kafka does not respond"));
    }

    private String at() {
        return " at " + properties.bootstrapServers();
    }
}
