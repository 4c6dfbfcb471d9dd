package io.replaylinker.clickhouse.query;

import java.util.List;

/**
 * The organizations that a query reads.
 *
 * @param all known organizations
 * @param linked organizations that ever had a link; the others have replays only, such as organization 0 with all replays of an unknown one
 * @param archived whether users may have deleted replays of them
 */
record Scope(List<Long> all, List<Long> linked, boolean archived) {

    /** The scope of a single organization about which nothing is known yet. It leaves out nothing. */
    static Scope of(long organization) {
        return new Scope(List.of(organization), List.of(organization), true);
    }

    /** Returns whether a result within this scope is also valid within the other one. */
    boolean covers(Scope other) {
        return all.equals(other.all) && linked.equals(other.linked) && (archived || !other.archived);
    }
}
