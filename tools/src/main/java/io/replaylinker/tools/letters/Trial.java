package io.replaylinker.tools.letters;

/**
 * What another try came to.
 *
 * @param detail empty where the outcome says all
 */
record Trial(Letter letter, Outcome outcome, String detail) {

    enum Outcome {
        /** A row that ClickHouse refused is again on its topic, for the sink to take; or would be. */
        PUT_BACK("put back for the sink"),
        /** A record that can be read now, and is linked by running the range again. */
        READS_NOW("read now"),
        /** It is as it was. */
        STILL("still cannot be read"),
        /** The record is not there any more. */
        GONE("gone");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
