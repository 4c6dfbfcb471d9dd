package io.replaylinker.tools.check;

import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Transactions;
import io.replaylinker.worker.start.Unanswered;

/** Whether Kafka can run the transactions of {@code exactly_once_v2}: where it cannot, the join would stall without a message. */
final class TransactionsLook implements KafkaLook {

    private final Transactions transactions;

    TransactionsLook(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public String subject() {
        return "transactions";
    }

    @Override
    public void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException {
        transactions
                .mistake(kafka)
                .ifPresentOrElse(
                        mistake -> findings.problem(subject(), mistake, Transactions.REMEDY),
                        () -> findings.ok(subject(), "Kafka started one"));
    }
}
