package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Organizations.Relation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at a set of facts all at once and says which replay an event gets. Knows no time but that of the facts. */
final class FullLook {

    /**
     * The replay of an event, or the reason why there is none.
     *
     * @param onlyBy trace, where nothing else ties the event to the replay
     * @param anchorMs start of what the event is part of, 0 for unknown
     * @param pageSeen a page load was seen on that trace
     */
    record Choice(
            @Nullable String replay,
            String method,
            double confidence,
            @Nullable String onlyBy,
            long anchorMs,
            boolean pageSeen,
            boolean buffering,
            @Nullable UnlinkedReason reason) {

        static Choice of(String replay, String method, double confidence) {
            return new Choice(replay, method, confidence, null, 0, false, false, null);
        }

        static Choice none(UnlinkedReason reason) {
            return new Choice(null, "", 0, null, 0, false, false, reason);
        }
    }

    private static final long LONGEST_DELIVERY_MS = 10_000;

    private final List<Fact> known;
    private final List<Fact> live;
    private final boolean remembers;
    private final Organizations organizations = new Organizations();

    /**
     * A look at facts.
     *
     * @param before facts so old that they count for nothing but the organizations of projects
     * @param known facts that count
     * @param from the epoch in which the first of the spans that still count was read
     * @param remembers earlier spans showed that an event is of a visit, if not of which page
     */
    FullLook(List<Fact> before, List<Fact> known, int from, boolean remembers) {
        before.forEach(organizations::learn);
        known.forEach(organizations::learn);
        this.known = known;
        this.remembers = remembers;
        this.live =
                known.stream().filter(fact -> fact.arrival().takenIn() >= from).toList();
    }

    /** The traces on which the replay of an event is looked for, each with the spans above the event. */
    static Map<String, List<String>> lookups(Fact.Event event) {
        Map<String, List<String>> lookups = new LinkedHashMap<>();
        if (event.header() != null && !event.header().equals(event.trace())) {
            lookups.put(event.header(), event.caller() == null ? List.of() : List.of(event.caller()));
        }
        if (event.trace() != null) {
            lookups.put(event.trace(), SpanLook.above(event));
        }
        return lookups;
    }

    Choice choose(Fact.Event event) {
        if (event.replay() != null) {
            return new Choice(event.replay(), "REPLAY_ID", 1.0, null, 0, false, event.buffering(), null);
        }
        Choice named = byRecorder(event);
        return named != null ? named : byLookups(event);
    }

    /** The one replay that names the event among the errors of its recorder; null for none or several. */
    @Nullable Choice byRecorder(Fact.Event event) {
        if (!event.recorded()) {
            return null;
        }
        Map<Relation, Set<String>> named = new TreeMap<>();
        for (Fact fact : known) {
            if (fact instanceof Fact.Segment segment && segment.errors().contains(event.id())) {
                named.computeIfAbsent(
                                organizations.relationToProject(event, segment.project()), relation -> new TreeSet<>())
                        .add(segment.replay());
            }
        }
        Set<String> own = named.getOrDefault(Relation.OWN, named.getOrDefault(Relation.UNKNOWN, Set.of()));
        return own.size() == 1 ? Choice.of(own.iterator().next(), "ERROR_ID", 1.0) : null;
    }

    Choice byLookups(Fact.Event event) {
        if (lookups(event).isEmpty()) {
            return Choice.none(UnlinkedReason.NO_EVIDENCE);
        }
        UnlinkedReason reason = UnlinkedReason.TRACE_NOT_SEEN;
        for (Map.Entry<String, List<String>> lookup : lookups(event).entrySet()) {
            Choice choice = onTrace(event, lookup.getKey(), lookup.getValue());
            if (choice.replay() != null || choice.reason() == UnlinkedReason.UNRECORDED_VISIT) {
                return choice;
            }
            reason = reason == UnlinkedReason.TRACE_NOT_SEEN && choice.reason() != null ? choice.reason() : reason;
        }
        return Choice.none(reason);
    }

    private Choice onTrace(Fact.Event event, String trace, List<String> above) {
        boolean lost = hasTooManySpans(event, trace);
        SpanLook spans = SpanLook.of(event.organization(), trace, lost ? List.of() : live);
        SpanLook.End end = spans.path(event, above);
        if (remembers && end.isOpen()) {
            end = SpanLook.of(event.organization(), trace, lost ? List.of() : known)
                    .path(event, above)
                    .afterwards(end);
        }
        if (end.replay() != null) {
            return new Choice(end.replay(), "SPAN", 0.98, null, 0, false, end.buffering(), null);
        }
        VisitLook visits = visits(event, trace);
        if (lost || visits.isCrowded()) {
            return byUser(ofUser(event.user(), visits.replays()));
        } else if (visits.replays().isEmpty()) {
            return Choice.none(UnlinkedReason.TRACE_NOT_SEEN);
        }
        String sole = sole(visits);
        if (end.visit()) {
            return sole != null && !visits.replays().get(0).named()
                    ? Choice.of(sole, "TRACE", 0.9)
                    : ofPage(visits, visits.root(end.page()));
        }
        boolean ahead = !visits.beganInBrowser()
                && visits.isPageSeen()
                && spans.isRendered(visits.rootMs() - LONGEST_DELIVERY_MS);
        if (sole == null || ahead) {
            return byUser(event, visits);
        }
        return visits.beganInBrowser()
                ? Choice.of(sole, "TRACE", 0.9)
                : new Choice(sole, "TRACE", 0.9, trace, end.anchorMs(), visits.isPageSeen(), false, null);
    }

    private static @Nullable String sole(VisitLook visits) {
        if (visits.replays().size() != 1 || visits.roots().size() > 1) {
            return null;
        }
        VisitLook.Visit replay = visits.replays().get(0);
        for (VisitLook.Visit root : visits.roots()) {
            boolean contradict = !replay.users().isEmpty()
                    && !root.users().isEmpty()
                    && Collections.disjoint(replay.users(), root.users());
            if (replay.named() || contradict) {
                return null;
            }
        }
        return replay.replay();
    }

    private static Choice ofPage(VisitLook visits, VisitLook.@Nullable Visit root) {
        String replay = root == null ? null : ofSameUser(visits, root);
        return replay == null ? Choice.none(UnlinkedReason.UNRECORDED_VISIT) : Choice.of(replay, "USER", 0.7);
    }

    private static @Nullable String ofSameUser(VisitLook visits, VisitLook.Visit root) {
        List<VisitLook.Visit> same = visits.replays().stream()
                .filter(replay -> !Collections.disjoint(replay.users(), root.users()))
                .toList();
        return same.size() == 1 && same.get(0).isUnnamedAt(root) ? same.get(0).replay() : null;
    }

    private static Choice byUser(Fact.Event event, VisitLook visits) {
        List<VisitLook.Visit> same = ofUser(event.user(), visits.all());
        if (same.isEmpty()) {
            same = visits.all().stream()
                    .filter(visit -> event.user() == null || visit.users().isEmpty())
                    .filter(visit ->
                            event.address() != null && visit.addresses().contains(event.address()))
                    .toList();
        }
        Set<String> replays = new TreeSet<>();
        for (VisitLook.Visit visit : same) {
            replays.add(String.valueOf(visit.replay() == null ? ofSameUser(visits, visit) : visit.replay()));
        }
        boolean ofOne =
                same.size() > 1 && replays.size() == 1 && same.stream().anyMatch(visit -> visit.replay() == null);
        String one = replays.stream().findFirst().orElse("null");
        return ofOne && !one.equals("null") ? Choice.of(one, "USER", 0.7) : byUser(same);
    }

    private static Choice byUser(List<VisitLook.Visit> same) {
        if (same.size() != 1) {
            return Choice.none(UnlinkedReason.SHARED_TRACE);
        }
        String replay = same.get(0).replay();
        return replay == null ? Choice.none(UnlinkedReason.UNRECORDED_VISIT) : Choice.of(replay, "USER", 0.7);
    }

    private static List<VisitLook.Visit> ofUser(@Nullable String user, List<VisitLook.Visit> visits) {
        return visits.stream().filter(visit -> visit.users().contains(user)).toList();
    }

    private VisitLook visits(Fact.Event event, String trace) {
        long lost = hasTooManySpans(event, trace) ? event.organization() : 0;
        VisitLook own = VisitLook.of(event, trace, known, organizations, Relation.OWN, lost);
        VisitLook unknown = VisitLook.of(event, trace, known, organizations, Relation.UNKNOWN, 0);
        boolean isUnknown = unknown.replays().isEmpty() && !unknown.isCrowded();
        return own.replays().isEmpty() && !own.isCrowded() && lost == 0 && !isUnknown ? unknown : own;
    }

    private boolean hasTooManySpans(Fact.Event event, String trace) {
        return epochs().stream().anyMatch(epoch -> spans(event, trace, epoch, epoch) > Story.SETTINGS.traceMaxSpans());
    }

    /** Whether it hangs on the order of arrival, or on the moment at which spans were forgotten, if a trace has too much. */
    boolean isNearlyCrowded(Fact.Event event) {
        for (String trace : lookups(event).keySet()) {
            boolean spans = spans(event, trace, 0, Integer.MAX_VALUE) > Story.SETTINGS.traceMaxSpans();
            if (visits(event, trace).isNearlyCrowded() || (spans && !hasTooManySpans(event, trace))) {
                return true;
            }
        }
        return false;
    }

    private Set<Integer> epochs() {
        return known.stream().map(fact -> fact.arrival().takenIn()).collect(Collectors.toSet());
    }

    /** Spans that the event's organization sent and that were read in these epochs. */
    private int spans(Fact.Event event, String trace, int from, int to) {
        List<Fact> read = new ArrayList<>(known);
        read.removeIf(fact -> fact.arrival().takenIn() < from || fact.arrival().takenIn() > to);
        return SpanLook.of(event.organization(), trace, read).size();
    }

    Organizations organizations() {
        return organizations;
    }

    List<Fact> known() {
        return known;
    }
}
