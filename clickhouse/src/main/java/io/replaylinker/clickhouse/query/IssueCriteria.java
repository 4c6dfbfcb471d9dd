package io.replaylinker.clickhouse.query;

import org.jspecify.annotations.Nullable;

/**
 * What issues are searched by. Exactly one of text, type, and function or file is given.
 *
 * @param text part of the message, class or place, in any case
 * @param type exact class of the exception
 * @param function exact name of a function on the stack
 * @param file a path as it is in the repository; frames may have it without its first one or two folders
 */
public record IssueCriteria(
        @Nullable String text,
        @Nullable String type,
        @Nullable String function,
        @Nullable String file) {

    /** How far back a search by text or class reaches, in days. */
    public static final int DAYS = 90;

    /** How far back a search by function or file reaches, in days. */
    public static final int DAYS_OF_FRAMES = 28;

    /** The most issues of an answer. */
    public static final int MOST = 10;

    /** @throws IllegalArgumentException unless exactly one is given */
    public IssueCriteria {
        int given = (text == null ? 0 : 1) + (type == null ? 0 : 1) + (function == null && file == null ? 0 : 1);
        if (given != 1) {
            throw new IllegalArgumentException("issues are searched by text, by type, or by function and file");
        }
    }

    boolean byFrames() {
        return function != null || file != null;
    }
}
