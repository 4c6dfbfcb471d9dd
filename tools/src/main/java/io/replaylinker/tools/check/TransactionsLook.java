package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Transactions;
import io.replaylinker.worker.start.Unanswered;
import java.time.Duration;

/** Whether Kafka can run the transactions of {@code exactly_once_v2}: where it cannot, the join would stall without a message. */
final class TransactionsLook implements KafkaLook {

    private static final Duration TRY_FOR = Duration.ofSeconds(10);

    private final Settings settings;

    TransactionsLook(Settings settings) {
        this.settings = settings;
    }

    @Override
    public String subject() {
        return "transactions";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        new Transactions(settings, TRY_FOR)
                .mistake(kafka)
                .ifPresentOrElse(
                        mistake -> findings.problem(subject(), mistake, Transactions.REMEDY),
                        () -> findings.ok(subject(), "Kafka started one"));
    }
}
