package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Organizations.Relation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at all segments of the replay that an event got, and says whether the link holds. */
final class Confirmation {

    private static final long TOLERANCE_MS = 60_000;

    /** An event that nothing but its trace ties to the replay: when it happened or what it is part of began, and whose it is. */
    record Tie(long momentMs, @Nullable String user) {

        static Tie of(Fact.Event event, FullLook.Choice choice) {
            long anchorMs = choice.anchorMs() == 0 ? Long.MAX_VALUE : choice.anchorMs();
            return new Tie(Math.min(event.momentMs(), anchorMs), event.user());
        }
    }

    /** What is emitted of an event in the end: the link, or the reason why there is none. */
    record Verdict(@Nullable String link, @Nullable UnlinkedReason reason) {}

    private final Fact.Event event;
    private final FullLook.Choice choice;
    private final List<Fact.Segment> named;
    private final List<Fact.Segment> own;

    Confirmation(Fact.Event event, FullLook.Choice choice, FullLook look) {
        this.event = event;
        this.choice = choice;
        this.named = look.known().stream()
                .filter(Fact.Segment.class::isInstance)
                .map(Fact.Segment.class::cast)
                .filter(segment -> segment.replay().equals(choice.replay()))
                .toList();
        this.own = named.stream()
                .filter(segment -> look.organizations().relationToProject(event, segment.project()) == Relation.OWN)
                .toList();
    }

    /**
     * The verdict.
     *
     * @param onTrace all events that nothing but this trace ties to the replay
     */
    Verdict verdict(Collection<Tie> onTrace) {
        if (choice.replay() == null) {
            return none(choice.reason());
        }
        if (own.isEmpty()) {
            return none(named.isEmpty() ? UnlinkedReason.REPLAY_NOT_SEEN : UnlinkedReason.TENANT_MISMATCH);
        }
        if (own.stream().anyMatch(Fact.Segment::archived)) {
            return none(UnlinkedReason.ARCHIVED);
        }
        if (choice.method().equals("TRACE") || choice.method().equals("USER")) {
            if (contradicts()) {
                return none(UnlinkedReason.USER_MISMATCH);
            }
            long momentMs = Tie.of(event, choice).momentMs();
            boolean mayPrecede = isBuffered() && (choice.onlyBy() == null || choice.pageSeen());
            if (!holds(momentMs) && !(mayPrecede && momentMs < startMs())) {
                return none(UnlinkedReason.OUTSIDE_REPLAY);
            }
            if (choice.onlyBy() != null && onTrace.stream().anyMatch(this::showsAnother)) {
                return none(UnlinkedReason.SHARED_TRACE);
            }
        }
        return new Verdict(link(), null);
    }

    private static Verdict none(@Nullable UnlinkedReason reason) {
        return new Verdict(null, reason);
    }

    /** Whether an event that nothing but the trace ties to the replay shows that another visitor was on it. */
    boolean showsAnother(Tie tie) {
        boolean namesAnother = tie.user() != null && !users().isEmpty() && !users().contains(tie.user());
        return namesAnother || (!own.isEmpty() && isBeyond(tie.momentMs()));
    }

    private Set<String> users() {
        return own.stream().map(Fact.Segment::user).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private boolean contradicts() {
        Set<String> users = users();
        if (event.user() != null && !users.isEmpty()) {
            return !users.contains(event.user());
        }
        List<String> addresses =
                own.stream().map(Fact.Segment::address).filter(Objects::nonNull).toList();
        return event.address() != null && !addresses.isEmpty() && !addresses.contains(event.address());
    }

    private long startMs() {
        return own.stream().mapToLong(Fact.Segment::startMs).min().orElseThrow();
    }

    private long endMs() {
        return own.stream().mapToLong(Fact.Segment::endMs).max().orElseThrow();
    }

    private long seenMs() {
        return own.stream().mapToLong(Fact.Segment::seenMs).max().orElseThrow();
    }

    private Fact.Segment first() {
        return own.stream()
                .min(Comparator.comparingInt(Fact.Segment::number).thenComparingLong(Fact.Segment::project))
                .orElseThrow();
    }

    private boolean isBuffered() {
        return first().buffered();
    }

    /** By the clock of the device, or by that of the server, which is ahead by the time of the quickest upload at least. */
    private boolean holds(long moment) {
        long behind = own.stream()
                .mapToLong(segment -> segment.seenMs() - segment.endMs())
                .min()
                .orElseThrow();
        return (moment >= startMs() - TOLERANCE_MS && moment <= endMs() + TOLERANCE_MS)
                || (moment >= startMs() + behind - TOLERANCE_MS && moment <= seenMs() + TOLERANCE_MS);
    }

    private boolean isBeyond(long moment) {
        return moment > Math.max(endMs(), seenMs()) + TOLERANCE_MS
                || (moment < startMs() - TOLERANCE_MS && !isBuffered());
    }

    private String link() {
        return choice.replay() + " of project " + first().project() + " by " + choice.method() + " "
                + choice.confidence() + " started " + startMs() + (holds(event.momentMs()) ? "" : " out of session");
    }
}
