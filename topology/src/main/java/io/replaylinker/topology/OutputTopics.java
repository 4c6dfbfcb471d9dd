package io.replaylinker.topology;

/** Names of the topics that the join writes. */
public record OutputTopics(String links, String unlinked, String states, String deadLetters, String nodes) {

    /** {@code replay-links}, {@code replay-unlinked}, {@code replay-states}, {@code replay-dead-letters} and {@code trace-nodes}. */
    public static OutputTopics defaults() {
        return new OutputTopics(
                "replay-links", "replay-unlinked", "replay-states", "replay-dead-letters", "trace-nodes");
    }
}
