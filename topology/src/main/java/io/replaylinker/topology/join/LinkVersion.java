package io.replaylinker.topology.join;

/**
 * The version of a link of an event to a replay, as a number whose order is the order of trust. The rules that decided
 * it come first, so that the output of a corrected release replaces that of its predecessor. The choice of the replay
 * comes next, because only resolve knows its order. Below it are the sums of facts that only ever grow or shrink.
 *
 * @param rules 0 to {@value #MAX_RULES}
 * @param revision how often the choice of the replay had changed before, 0 to {@value #MAX_REVISION}
 * @param knowledge how much was known, 0 to 2^48 - 1
 */
public record LinkVersion(int rules, int revision, long knowledge) implements Comparable<LinkVersion> {

    /**
     * The rules of this release. Raised by one whenever the join decides otherwise on the same records, so that
     * reprocessing replaces the earlier decisions. Links written before versions contained rules have 0.
     */
    public static final int RULES = 1;

    static final int MAX_RULES = 30;
    static final int MAX_REVISION = (1 << 10) - 1;

    /** Above all other versions: the event was deleted. */
    public static final long FINAL = Long.MAX_VALUE;

    /** Room for the knowledge of the largest row: 9 views of five times each, below 2^42 ms (the year 2109). */
    private static final int KNOWLEDGE_BITS = 48;

    private static final int REVISION_BITS = 10;

    /** Splits a link's version into its parts; not for {@link #FINAL}. */
    public static LinkVersion of(long version) {
        return new LinkVersion(
                (int) (version >>> (KNOWLEDGE_BITS + REVISION_BITS)),
                (int) (version >>> KNOWLEDGE_BITS) & MAX_REVISION,
                version & ((1L << KNOWLEDGE_BITS) - 1));
    }

    /** The version as the link contains it. */
    public long value() {
        return ((long) Math.min(rules, MAX_RULES) << (KNOWLEDGE_BITS + REVISION_BITS))
                | ((long) Math.min(revision, MAX_REVISION) << KNOWLEDGE_BITS)
                | knowledge;
    }

    @Override
    public int compareTo(LinkVersion other) {
        return Long.compare(value(), other.value());
    }
}
