package io.replaylinker.tools.reprocess;

import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be emitted for an event so that the tables are right.
 *
 * @param links new versions of links, retractions among them
 * @param unlinked why the event has no link; null when that need not be emitted
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
        /** It has another link, or the content of its link differs. */
        CHANGED,
        /** It has no link any more. */
        RETRACTED,
        /** It has no link as before, but the reason was missing or another one. */
        EXPLAINED,
        /** No difference. */
        SAME,
        /** The run found something else. The row in the tables was made from more than the run could read, and stays. */
        KEPT
    }

    /** Whether something has to be emitted. */
    boolean differs() {
        return kind != Kind.SAME && kind != Kind.KEPT;
    }

    static Change none(Kind kind, Verdict verdict) {
        return new Change(kind, verdict, List.of(), null);
    }
}
