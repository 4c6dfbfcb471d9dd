package io.replaylinker.clickhouse.query;

import java.util.Objects;
import java.util.stream.Stream;
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

    /** Fewest and most characters of what users search for. */
    public static final int SHORTEST = 2;

    public static final int LONGEST = 250;

    /** The most issues of an answer. */
    public static final int MOST = 10;

    /** @throws IllegalArgumentException unless exactly one is given */
    public IssueCriteria {
        if (!isOne(text, type, function, file)) {
            throw new IllegalArgumentException("issues are searched by text, by type, or by function and file");
        }
    }

    /** Returns whether exactly one of text, type, and function or file is given. */
    public static boolean isOne(
            @Nullable String text, @Nullable String type, @Nullable String function, @Nullable String file) {
        return Stream.of(text, type, function == null ? file : function)
                        .filter(Objects::nonNull)
                        .count()
                == 1;
    }

    /** Returns whether a text that a user gave has a length to search for. */
    public static boolean fits(String given) {
        return given.strip().length() >= SHORTEST && given.length() <= LONGEST;
    }

    boolean byFrames() {
        return function != null || file != null;
    }
}
