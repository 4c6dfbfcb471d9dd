package io.replaylinker.tools.letters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which letters are meant; null for all.
 *
 * @param since written then or later
 * @param stage as {@code decode-events}
 * @param reason as {@code NOT_JSON}
 * @param topic of the record, not of the letter
 */
record LetterFilter(
        @Nullable Instant since,
        @Nullable String stage,
        @Nullable String reason,
        @Nullable String topic) {

    boolean accepts(Letter letter) {
        return (since == null || !letter.written().isBefore(since))
                && is(stage, letter.content().getStage())
                && is(reason, letter.content().getReason())
                && is(topic, letter.content().getTopic());
    }

    private static boolean is(@Nullable String wanted, String found) {
        return wanted == null || wanted.equalsIgnoreCase(found);
    }
}
