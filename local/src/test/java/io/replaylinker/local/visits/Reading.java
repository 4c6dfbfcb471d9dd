package io.replaylinker.local.visits;

/** How strictly the rules are read. */
enum Reading {
    /** As they are written. */
    PLAIN,
    /**
     * With four additions: visits of one user id are one visitor; a trace that names two users is shared; work is judged
     * by the time its first known span began; a trace that shows no roots, or that was rendered long before its page
     * began, must fit the replay's life closely.
     */
    STRICTER
}
