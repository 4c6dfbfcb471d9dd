package io.replaylinker.topology.join;

/** What to do about organizations, of which the replay stream says nothing. */
public enum Tenancy {
    /** One organization: nothing is checked. */
    SINGLE,
    /** Checked; while the organization of a replay is unknown its links pass only if no second organization was ever seen. */
    LEARN,
    /** Checked; a replay of unknown organization gets no link. */
    STRICT
}
