package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;

/**
 * How much is known about a claim and its replay, as a number, which is part of the version of the output. More
 * knowledge has a higher number, and the same knowledge always has the same number. So the output of all inputs
 * together has the highest version, even beside that of an interrupted run that read the inputs in another order.
 *
 * <p>{@link LinkVersion} puts the rules and the choice of the replay before it.
 */
final class Knowledge {

    private static final long LATEST_MS = 1L << 42;
    private static final int LARGEST_SEGMENT = 1 << 17;

    private Knowledge() {}

    static long version(Claim claim, ReplayRow replay, Affiliations affiliations) {
        long known = 1L + affiliations.organizations() + replay.extentChanges();
        for (ReplayView view : replay.views()) {
            known += of(view) + (Judgement.organization(view, affiliations) == 0 ? 0 : 1);
        }
        return new LinkVersion(LinkVersion.RULES, claim.getRevision(), known).value();
    }

    private static long of(ReplayView view) {
        return (LATEST_MS - bounded(view.startedMs()))
                + (LATEST_MS - bounded(view.firstSeenMs()))
                + bounded(view.lastSeenMs())
                + (LATEST_MS - bounded(LATEST_MS / 2 + view.driftMs()))
                + bounded(view.deviceMs())
                + view.users().size()
                + view.addresses().size()
                + (LARGEST_SEGMENT - Math.min(view.smallestSegment(), LARGEST_SEGMENT))
                + (view.proven() ? 1 : 0)
                + (view.archived() ? 1 : 0);
    }

    private static long bounded(long ms) {
        return Math.max(0, Math.min(ms, LATEST_MS));
    }
}
