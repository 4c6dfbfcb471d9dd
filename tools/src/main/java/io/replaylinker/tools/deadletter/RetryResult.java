package io.replaylinker.tools.deadletter;

/**
 * Result of a retry.
 *
 * @param detail empty where the outcome says all
 */
record RetryResult(DeadLetterRecord deadLetter, Outcome outcome, String detail) {

    enum Outcome {
        /** A row that ClickHouse refused is again on its topic, for the sink to take; or would be. */
        REPUBLISHED("put back for the sink"),
        /** A record that can be read now, and is linked by running the range again. */
        READS_NOW("read now"),
        /** It is as it was. */
        STILL("still cannot be read"),
        /** The record is not there any more. */
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
