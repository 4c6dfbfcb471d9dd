package io.replaylinker.tools.check;

import io.replaylinker.worker.start.KafkaView;
import io.replaylinker.worker.start.Unanswered;

/** One check in a Kafka that answers. */
interface KafkaLook {

    /** Its subject, as findings name it. */
    String subject();

    /**
     * Reports its findings.
     *
     * @throws Unanswered when Kafka stops to answer
     */
    void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException;
}
