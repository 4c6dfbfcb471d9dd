package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.CurrentLinks;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.tools.reprocess.Change.Kind;
import io.replaylinker.topology.join.LinkVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides between the run and the tables on one event. The run may have read less than the worker, because retention has deleted the rest.
 * So a current row is not overruled only because the run lacks the evidence: the run has to know better.
 */
final class Decision {

    /** Reasons that follow from evidence; the others follow from missing evidence. */
    private static final Set<UnlinkedReason> SEEN = EnumSet.of(
            UnlinkedReason.UNRECORDED_VISIT,
            UnlinkedReason.SHARED_TRACE,
            UnlinkedReason.OUTSIDE_REPLAY,
            UnlinkedReason.USER_MISMATCH,
            UnlinkedReason.TENANT_MISMATCH,
            UnlinkedReason.ARCHIVED);

    private final Verdict verdict;
    private final List<Link> current;
    private final List<Link> holding;
    private final @Nullable String outcome;
    private final boolean sure;
    private final int rules;

    /**
     * Prepares to decide on one event.
     *
     * @param current the newest version of each of its links in the tables, retracted ones included
     * @param outcome why it has no link, according to the tables; null when they do not hold it
     * @param sure whether the run has read all that the worker had, and the event waits no longer
     * @param rules of the join that made the verdict
     */
    Decision(Verdict verdict, List<Link> current, @Nullable String outcome, boolean sure, int rules) {
        this.verdict = verdict;
        this.current = current;
        this.holding = current.stream().filter(link -> !link.getDeleted()).toList();
        this.outcome = outcome;
        this.sure = sure;
        this.rules = rules;
    }

    Change change() {
        if (current.stream().anyMatch(link -> link.getVersion() == LinkVersion.FINAL)) {
            return Change.none(Kind.SAME, verdict);
        }
        Link found = verdict.link();
        if (found != null) {
            return linked(found);
        }
        return holding.isEmpty() ? explained() : unlinked();
    }

    private Change linked(Link found) {
        Link row = current.stream()
                .filter(link -> link.getReplayId().equals(found.getReplayId()))
                .findFirst()
                .orElse(null);
        List<Link> others = holding.stream()
                .filter(link -> !link.getReplayId().equals(found.getReplayId()))
                .toList();
        if (!others.isEmpty() && !sure) {
            return Change.none(Kind.KEPT, verdict);
        }
        if (row == null) {
            return correction(
                    others.isEmpty() ? Kind.ADDED : Kind.CHANGED,
                    CurrentLinks.copy(found, leastVersion(found), false),
                    others);
        }
        if (!row.getDeleted() && CurrentLinks.alike(found, row)) {
            return others.isEmpty() ? Change.none(Kind.SAME, verdict) : correction(Kind.CHANGED, null, others);
        }
        if (!sure || !knowsBetter(found, row)) {
            return Change.none(Kind.KEPT, verdict);
        }
        Kind kind = holding.isEmpty() ? Kind.ADDED : Kind.CHANGED;
        return correction(kind, CurrentLinks.copy(found, above(row, leastVersion(found)), false), others);
    }

    private Change unlinked() {
        Unlinked none = verdict.unlinked();
        boolean seen = none != null && SEEN.contains(none.getReason());
        boolean overruled = sure
                && holding.stream()
                        .allMatch(link ->
                                seen || LinkVersion.of(link.getVersion()).rules() < rules);
        return overruled ? correction(Kind.RETRACTED, null, holding) : Change.none(Kind.KEPT, verdict);
    }

    private Change explained() {
        Unlinked none = verdict.unlinked();
        boolean news = sure && none != null && !none.getReason().name().equals(outcome);
        return news ? new Change(Kind.EXPLAINED, verdict, List.of(), none) : Change.none(Kind.SAME, verdict);
    }

    private Change correction(Kind kind, @Nullable Link link, List<Link> retracted) {
        List<Link> links = new ArrayList<>();
        for (Link old : retracted) {
            links.add(CurrentLinks.copy(old, above(old, new LinkVersion(rules, 0, 0).value()), true));
        }
        if (link != null) {
            links.add(link);
        }
        return new Change(kind, verdict, links, verdict.unlinked());
    }

    /** By newer rules; or with at least as much evidence, and no less of the replay's state. */
    private boolean knowsBetter(Link found, Link row) {
        LinkVersion before = LinkVersion.of(row.getVersion());
        if (before.rules() != rules) {
            return before.rules() < rules;
        }
        return LinkVersion.of(found.getVersion()).knowledge() >= before.knowledge()
                && (row.getDeleted() || found.getReplayStartedMs() <= row.getReplayStartedMs());
    }

    /**
     * Without the number of times that the choice had changed: the run read the records in another order, and the worker may still emit.
     */
    private long leastVersion(Link found) {
        return new LinkVersion(rules, 0, LinkVersion.of(found.getVersion()).knowledge()).value();
    }

    private static long above(Link row, long version) {
        return Math.max(row.getVersion() + 1, version);
    }
}
