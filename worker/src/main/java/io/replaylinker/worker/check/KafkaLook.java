package io.replaylinker.worker.check;

/** One thing to look at in a Kafka that answers. */
interface KafkaLook {

    /** What it is about, as findings name it. */
    String subject();

    /**
     * Tells what it finds.
     *
     * @throws Unanswered when Kafka stops to answer
     */
    void look(KafkaView kafka, Findings findings) throws Unanswered, InterruptedException;
}
