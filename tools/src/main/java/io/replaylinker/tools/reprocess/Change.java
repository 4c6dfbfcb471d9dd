package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of an event so that the tables are right.
 *
 * @param links new words on links, those that are to be taken back among them
 * @param unlinked why it has none; null when that need not be said
 */
record Change(
        Kind kind,
        Verdict verdict,
        List<Link> links,
        @Nullable Unlinked unlinked) {

    Change {
        links = List.copyOf(links);
    }

    /** How the tables and the run differ on an event. */
    enum Kind {
        /** It had no link and has one now. */
        ADDED,
        /** It has another link, or the link says something else. */
        CHANGED,
        /** It has no link any more. */
        RETRACTED,
        /** It has no link as before, but the reason was missing or another one. */
        EXPLAINED,
        /** Nothing to say. */
        SAME,
        /** The run found something else, but what the tables say was made from more than the run could see, and stays. */
        KEPT
    }

    /** Whether something is to be said. */
    boolean differs() {
        return kind != Kind.SAME && kind != Kind.KEPT;
    }

    static Change none(Kind kind, Verdict verdict) {
        return new Change(kind, verdict, List.of(), null);
    }
}
