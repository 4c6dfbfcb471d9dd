package io.replaylinker.topology;

/**
 * What becomes of records that cannot be read.
 *
 * @param headBytes first bytes of a rejected value that its dead letter carries, 0 to 4096; they may hold personal data
 * @param maxShare of the last {@value RejectionLimit#RECORDS} records of a partition; when more are rejected the worker stops,
 *     because then a format changed and not a record broke. Above 0, 1 for never
 */
public record DeadLetterSettings(int headBytes, double maxShare) {

    public DeadLetterSettings {
        if (headBytes < 0 || headBytes > 4096) {
            throw new IllegalArgumentException("a dead letter carries 0 to 4096 bytes, not " + headBytes);
        }
        if (!(maxShare > 0 && maxShare <= 1)) {
            throw new IllegalArgumentException("the share of dead letters is above 0 and at most 1, not " + maxShare);
        }
    }

    /** No payload in dead letters, and no share of them stops the worker. */
    public static DeadLetterSettings defaults() {
        return new DeadLetterSettings(0, 1);
    }
}
