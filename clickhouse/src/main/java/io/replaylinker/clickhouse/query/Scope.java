package io.replaylinker.clickhouse.query;

import java.util.List;

/**
 * Where a question looks.
 *
 * @param all organizations of which anything is known
 * @param linked those of them that ever had a link; the others have replays only, as every one that is not known yet (0)
 * @param archived whether users may have deleted replays of theirs
 */
record Scope(List<Long> all, List<Long> linked, boolean archived) {

    /** Of an organization of which nothing is known yet: nothing is left out. */
    static Scope of(long organization) {
        return new Scope(List.of(organization), List.of(organization), true);
    }

    /** Whether what was asked here is an answer there too. */
    boolean covers(Scope other) {
        return all.equals(other.all) && linked.equals(other.linked) && (archived || !other.archived);
    }
}
