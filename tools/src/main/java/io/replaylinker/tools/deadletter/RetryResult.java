package io.replaylinker.tools.deadletter;

/**
 * Result of a retry.
 *
 * @param detail empty where the outcome says all
 */
record RetryResult(DeadLetterRecord deadLetter, Outcome outcome, String detail) {

    enum Outcome {
        /** A row that ClickHouse refused is on its topic again, for the sink to write; or would be. */
        REPUBLISHED("published for the sink again"),
        /** A record that can be read now, and is linked by running the range again. */
        READS_NOW("can be read now"),
        /** The record still cannot be read. */
        STILL("still cannot be read"),
        /** The record no longer exists. */
        GONE("gone");

        private final String description;

        Outcome(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }
}
