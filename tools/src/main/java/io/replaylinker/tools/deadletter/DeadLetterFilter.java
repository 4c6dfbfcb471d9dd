package io.replaylinker.tools.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects dead letters; null fields select all.
 *
 * @param since written then or later
 * @param stage as {@code decode-events}
 * @param reason as {@code NOT_JSON}
 * @param topic of the original record, not of the dead letter
 */
record DeadLetterFilter(
        @Nullable Instant since,
        @Nullable String stage,
        @Nullable String reason,
        @Nullable String topic) {

    boolean accepts(DeadLetterRecord deadLetter) {
        return (since == null || !deadLetter.written().isBefore(since))
                && is(stage, deadLetter.content().getStage())
                && is(reason, deadLetter.content().getReason())
                && is(topic, deadLetter.content().getTopic());
    }

    private static boolean is(@Nullable String wanted, String found) {
        return wanted == null || wanted.equalsIgnoreCase(found);
    }
}
