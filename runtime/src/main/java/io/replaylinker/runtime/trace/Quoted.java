package io.replaylinker.runtime.trace;

import io.replaylinker.runtime.cli.Words;

/**
 * Texts that programs sent, as answers show them: between marks that they cannot contain, without control characters and cut, so that they
 * cannot be taken for the text around them.
 */
public final class Quoted {

    private static final int LONGEST = 250;
    private static final int LONGEST_WORD = 40;

    private Quoted() {}

    public static String of(String text) {
        return "‹" + Words.cut(text, LONGEST).replace('‹', '<').replace('›', '>') + "›";
    }

    /** A word of a program, such as a status or a platform, without marks. */
    public static String word(String word) {
        return Words.cut(word, LONGEST_WORD).replace('‹', '<').replace('›', '>');
    }
}
