package io.replaylinker.topology;

/**
 * Settings for records that cannot be read.
 *
 * @param headBytes first bytes of a rejected value that its dead letter contains, 0 to 4096; they may be personal data
 * @param maxShare largest share of rejected records among the last {@value RejectionLimit#RECORDS} of a partition.
 *     Above it the worker stops, because it indicates a changed format rather than broken records. Above 0; 1 for never
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
