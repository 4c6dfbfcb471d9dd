package io.replaylinker.topology.join;

/** What to do about organizations, which the replay stream does not contain. */
public enum Tenancy {
    /** One organization: nothing is checked. */
    SINGLE,
    /**
     * Checked. While the organization of a replay is unknown, its links are emitted only if no second organization was
     * ever seen.
     */
    LEARN,
    /** Checked; a replay of unknown organization gets no link. */
    STRICT
}
