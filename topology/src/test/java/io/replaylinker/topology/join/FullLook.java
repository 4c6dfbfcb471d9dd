package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at a set of facts all at once and says what they mean for an event. Knows the default settings only, and no time but that of the facts. */
final class FullLook {

    private static final long TOLERANCE_MS = 300_000;
    private static final long TOO_CLOSE_MS = 1_000;
    private static final int MAX_REPLAYS = 8;

    /** How an event and a project stand to each other. */
    private enum Relation {
        OWN,
        UNKNOWN,
        FOREIGN
    }

    /** The replay of an event, or the reason why there is none. */
    record Choice(
            @Nullable String replay,
            double confidence,
            @Nullable UnlinkedReason reason) {}

    /** What is told of an event in the end: the link, or the reason why there is none. */
    record Verdict(@Nullable String link, @Nullable UnlinkedReason reason) {}

    /** One observation of a replay on a trace. */
    private record Sight(String replay, long organization, long startedMs, long seenMs) {}

    private record Life(String replay, long startedMs, long seenMs) {
        long gap(long moment) {
            return moment < startedMs ? startedMs - moment : moment > seenMs ? moment - seenMs : 0;
        }
    }

    private final List<Fact.Event> events = new ArrayList<>();
    private final List<Fact.Segment> segments = new ArrayList<>();
    private final Map<Long, Long> organizations = new HashMap<>();
    private final Set<Long> everSeen = new HashSet<>();

    /**
     * @param before facts so old that they count for nothing but the organizations of projects
     * @param known facts that count
     */
    FullLook(List<Fact> before, List<Fact> known) {
        before.forEach(this::learn);
        known.forEach(this::learn);
        for (Fact fact : known) {
            if (fact instanceof Fact.Event event) {
                events.add(event);
            } else if (fact instanceof Fact.Segment segment) {
                segments.add(segment);
            }
        }
    }

    private void learn(Fact fact) {
        if (fact instanceof Fact.Event event && event.organization() > 0) {
            organizations.merge(event.project(), event.organization(), Math::min);
            everSeen.add(event.organization());
        }
    }

    Choice choose(Fact.Event event) {
        if (event.replay() != null) {
            return new Choice(event.replay(), 1.0, null);
        }
        List<Life> lives = lives(event, Relation.OWN);
        if (lives.isEmpty()) {
            lives = lives(event, Relation.UNKNOWN);
        }
        if (lives.isEmpty()) {
            return none(UnlinkedReason.TRACE_NOT_SEEN);
        } else if (lives.size() > MAX_REPLAYS) {
            return none(UnlinkedReason.SHARED_TRACE);
        }
        long moment = event.momentMs();
        List<Life> near = lives.stream()
                .filter(life -> life.gap(moment) <= TOLERANCE_MS)
                .sorted(Comparator.comparingLong(life -> life.gap(moment)))
                .toList();
        if (near.isEmpty()) {
            return none(UnlinkedReason.OUTSIDE_REPLAY);
        } else if (near.size() == 1) {
            return new Choice(near.get(0).replay(), 0.9, null);
        }
        long best = near.get(0).gap(moment);
        long next = near.get(1).gap(moment);
        boolean alike = next == 0 || (best > 0 && next - best < TOO_CLOSE_MS);
        return alike ? none(UnlinkedReason.AMBIGUOUS) : new Choice(near.get(0).replay(), 0.6, null);
    }

    Verdict verdict(Fact.Event event, Choice choice) {
        String replay = choice.replay();
        if (replay == null) {
            return new Verdict(null, choice.reason());
        }
        List<Fact.Segment> named = segments.stream()
                .filter(segment -> segment.replay().equals(replay))
                .toList();
        List<Fact.Segment> own = named.stream()
                .filter(segment -> relation(event, organizationOf(segment)) == Relation.OWN)
                .toList();
        if (own.isEmpty()) {
            return new Verdict(null, named.isEmpty() ? UnlinkedReason.REPLAY_NOT_SEEN : UnlinkedReason.TENANT_MISMATCH);
        } else if (own.stream().anyMatch(Fact.Segment::archived)) {
            return new Verdict(null, UnlinkedReason.ARCHIVED);
        }
        return new Verdict(link(event, choice, own), null);
    }

    Verdict verdict(Fact.Event event) {
        return verdict(event, choose(event));
    }

    private static Choice none(UnlinkedReason reason) {
        return new Choice(null, 0, reason);
    }

    private static String link(Fact.Event event, Choice choice, List<Fact.Segment> own) {
        long project = own.stream()
                .min(Comparator.comparingInt(Fact.Segment::number).thenComparingLong(Fact.Segment::project))
                .orElseThrow()
                .project();
        long started = own.stream().mapToLong(Fact.Segment::startedMs).min().orElseThrow();
        long seen = own.stream().mapToLong(Fact.Segment::seenMs).max().orElseThrow();
        boolean inSession = event.momentMs() >= started - TOLERANCE_MS && event.momentMs() <= seen + TOLERANCE_MS;
        return choice.replay() + " of project " + project + " by " + event.method() + " " + choice.confidence()
                + " started " + started + (inSession ? "" : " out of session");
    }

    private List<Life> lives(Fact.Event event, Relation wanted) {
        Map<String, Life> lives = new HashMap<>();
        for (Sight sight : sightsOn(event.trace())) {
            if (relation(event, sight.organization()) == wanted) {
                lives.merge(
                        sight.replay(),
                        new Life(sight.replay(), sight.startedMs(), sight.seenMs()),
                        (a, b) -> new Life(
                                a.replay(), Math.min(a.startedMs(), b.startedMs()), Math.max(a.seenMs(), b.seenMs())));
            }
        }
        return List.copyOf(lives.values());
    }

    private List<Sight> sightsOn(@Nullable String trace) {
        List<Sight> sights = new ArrayList<>();
        for (Fact.Segment segment : segments) {
            if (trace != null && !segment.archived() && segment.traces().contains(trace)) {
                sights.add(new Sight(segment.replay(), organizationOf(segment), segment.startedMs(), segment.seenMs()));
            }
        }
        for (Fact.Event event : events) {
            if (trace != null && event.replay() != null && trace.equals(event.trace())) {
                sights.add(new Sight(event.replay(), event.organization(), event.momentMs(), event.receivedMs()));
            }
        }
        return sights;
    }

    private Relation relation(Fact.Event event, long organization) {
        if (organization == 0 || event.organization() == 0) {
            return everSeen.size() <= 1 ? Relation.OWN : Relation.UNKNOWN;
        }
        return organization == event.organization() ? Relation.OWN : Relation.FOREIGN;
    }

    private long organizationOf(Fact.Segment segment) {
        return organizations.getOrDefault(segment.project(), 0L);
    }
}
