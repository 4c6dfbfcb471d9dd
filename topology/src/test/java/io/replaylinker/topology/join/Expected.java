package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be emitted of an event in the end: exactly one thing, except where the rules leave it to the moment at which a wait ended.
 *
 * @param links what its link may say, {@link #NONE} for having none; none at all where the order of arrival decides
 * @param reasons what may have been emitted where it has none
 * @param silent nothing need have been emitted about having none
 */
record Expected(Set<String> links, Set<UnlinkedReason> reasons, boolean silent) {

    static final String NONE = "none";

    /** Nothing is certain, because a bound was reached at a moment that the oracle does not know. */
    static Expected anything() {
        return new Expected(Set.of(), Set.of(), true);
    }

    boolean isOpen() {
        return links.size() != 1;
    }

    boolean isLink() {
        return !isOpen() && !links.contains(NONE);
    }

    boolean allows(@Nullable String link, @Nullable UnlinkedReason reason) {
        if (links.isEmpty()) {
            return true;
        }
        if (!links.contains(link == null ? NONE : link)) {
            return false;
        }
        return link != null || (reason == null ? silent : reasons.contains(reason));
    }

    @Override
    public String toString() {
        return String.join(" or ", links)
                + (links.contains(NONE) ? " because of " + reasons : "")
                + (silent ? ", or in silence" : "");
    }
}
