package io.replaylinker.tools.check;

import io.replaylinker.runtime.diagnosis.Diagnosis;
import io.replaylinker.runtime.diagnosis.KafkaDiagnosis;
import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.ProcessingGuarantee;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Transactions;
import io.replaylinker.worker.start.Unanswered;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/** Checks that Kafka can be reached, and has all that the roles need. */
final class KafkaCheck implements AreaCheck {

    /** For a transaction. */
    private static final Duration TRY_FOR = Duration.ofSeconds(10);

    private final Settings settings;
    private final KafkaProperties properties;
    private final Clock clock;

    KafkaCheck(Settings settings, Clock clock) {
        this.settings = settings;
        this.properties = new KafkaProperties(settings);
        this.clock = clock;
    }

    @Override
    public Area area() {
        return Area.KAFKA;
    }

    @Override
    public void look(Findings findings) throws InterruptedException {
        List<KafkaLook> looks = looks();
        KafkaView kafka;
        try {
            kafka = KafkaView.open(properties.admin());
        } catch (KafkaException e) {
            Diagnosis diagnosis = KafkaDiagnosis.of(e, at());
            findings.problem("client", diagnosis.found(), diagnosis.remedy());
            skip(looks, findings);
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
            skip(looks, findings);
        }
    }

    private List<KafkaLook> looks() {
        Set<Role> roles = settings.get(WorkerSettings.ROLES);
        List<KafkaLook> looks = new ArrayList<>();
        if (roles.contains(Role.JOIN)) {
            looks.add(new SourceTopicsLook(settings, clock));
        }
        looks.add(new OutputTopicsLook(settings));
        if (roles.contains(Role.JOIN)) {
            looks.add(new InternalTopicsLook(settings));
        }
        looks.add(new GroupsLook(settings));
        if (roles.contains(Role.JOIN)
                && settings.get(WorkerSettings.PROCESSING_GUARANTEE) == ProcessingGuarantee.EXACTLY_ONCE_V2) {
            String application = settings.get(WorkerSettings.APPLICATION_ID);
            looks.add(new TransactionsLook(new Transactions(properties.producer(), application, TRY_FOR)));
        }
        return looks;
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

    private static void skip(List<KafkaLook> looks, Findings findings) {
        looks.forEach(look -> findings.skipped(look.subject(), "Kafka does not respond"));
    }

    private String at() {
        return " at " + settings.withoutPrefix(PassThrough.KAFKA).get("bootstrap.servers");
    }
}
