package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be told of an event in the end: exactly one thing, except where the rules leave it to the moment at which a wait ended.
 *
 * @param links what its link may say, {@link #NONE} for having none
 * @param reasons what may have been told where it has none
 * @param silent nothing need have been told about having none
 */
record Expected(Set<String> links, Set<UnlinkedReason> reasons, boolean silent) {

    static final String NONE = "none";

    boolean isOpen() {
        return links.size() != 1;
    }

    boolean isLink() {
        return !isOpen() && !links.contains(NONE);
    }

    boolean allows(@Nullable String link, @Nullable UnlinkedReason reason) {
        if (!links.contains(link == null ? NONE : link)) {
            return false;
        }
        return link != null || (reason == null ? silent : reasons.contains(reason));
    }

    @Override
    public String toString() {
        return String.join(" or ", links) + (links.contains(NONE) ? " because of " + reasons : "");
    }
}
