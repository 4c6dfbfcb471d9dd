package io.replaylinker.topology.join;

import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.Organizations.Relation;
import java.util.ArrayList;
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
     */
    record Choice(
            @Nullable String replay,
            String method,
            double confidence,
            @Nullable String onlyBy,
            boolean buffering,
            @Nullable UnlinkedReason reason) {

        static Choice of(String replay, String method, double confidence) {
            return new Choice(replay, method, confidence, null, false, null);
        }

        static Choice none(UnlinkedReason reason) {
            return new Choice(null, "", 0, null, false, reason);
        }
    }

    private final List<Fact> known;
    private final List<Fact> live;
    private final Organizations organizations = new Organizations();

    /**
     * A look at facts.
     *
     * @param before facts so old that they count for nothing but the organizations of projects
     * @param known facts that count
     * @param from the epoch in which the first of the spans that still count was read
     */
    FullLook(List<Fact> before, List<Fact> known, int from) {
        before.forEach(organizations::learn);
        known.forEach(organizations::learn);
        this.known = known;
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
            return new Choice(event.replay(), "REPLAY_ID", 1.0, null, event.buffering(), null);
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
        VisitLook visits = visits(event, trace);
        List<Fact> spans = hasTooManySpans(event, trace) ? List.of() : live;
        SpanLook.End end = SpanLook.of(event.organization(), trace, spans).path(event, above);
        if (end.replay() != null) {
            return new Choice(end.replay(), "SPAN", 0.98, null, end.buffering(), null);
        }
        if (isCrowded(event, trace)) {
            return Choice.none(UnlinkedReason.SHARED_TRACE);
        }
        List<VisitLook.Visit> replays = visits.replays();
        if (replays.isEmpty()) {
            return Choice.none(UnlinkedReason.TRACE_NOT_SEEN);
        }
        VisitLook.Visit first = replays.get(0);
        String only = String.valueOf(first.replay());
        boolean alone = replays.size() == 1 && visits.roots() <= 1;
        if (end.visit()) {
            return alone && !first.named()
                    ? Choice.of(only, "TRACE", 0.9)
                    : Choice.none(UnlinkedReason.UNRECORDED_VISIT);
        }
        if (alone && (visits.roots() == 0 || !first.named())) {
            return new Choice(only, "TRACE", 0.9, trace, false, null);
        }
        return byUser(event, visits.all());
    }

    private static Choice byUser(Fact.Event event, List<VisitLook.Visit> visits) {
        List<VisitLook.Visit> same = visits.stream()
                .filter(visit -> event.user() != null && visit.users().contains(event.user()))
                .toList();
        if (same.isEmpty()) {
            same = visits.stream()
                    .filter(visit -> event.user() == null || visit.users().isEmpty())
                    .filter(visit ->
                            event.address() != null && visit.addresses().contains(event.address()))
                    .toList();
        }
        if (same.size() != 1) {
            return Choice.none(UnlinkedReason.SHARED_TRACE);
        }
        String replay = same.get(0).replay();
        return replay == null ? Choice.none(UnlinkedReason.UNRECORDED_VISIT) : Choice.of(replay, "USER", 0.7);
    }

    private VisitLook visits(Fact.Event event, String trace) {
        VisitLook own = VisitLook.of(event, trace, known, organizations, Relation.OWN);
        VisitLook unknown = VisitLook.of(event, trace, known, organizations, Relation.UNKNOWN);
        return own.replays().isEmpty() && !unknown.replays().isEmpty() ? unknown : own;
    }

    private boolean isCrowded(Fact.Event event, String trace) {
        return visits(event, trace).isCrowded(Story.SETTINGS.traceMaxVisits()) || hasTooManySpans(event, trace);
    }

    private boolean hasTooManySpans(Fact.Event event, String trace) {
        return epochs().stream().anyMatch(epoch -> spans(event, trace, epoch, epoch) > Story.SETTINGS.traceMaxSpans());
    }

    /** Whether it hangs on the order of arrival, or on the moment at which spans were forgotten, if a trace has too much. */
    boolean isNearlyCrowded(Fact.Event event) {
        for (String trace : lookups(event).keySet()) {
            boolean visits = visits(event, trace).isNearlyCrowded(Story.SETTINGS.traceMaxVisits());
            boolean spans = spans(event, trace, 0, Integer.MAX_VALUE) > Story.SETTINGS.traceMaxSpans();
            if ((visits && !isCrowded(event, trace)) || (spans && !hasTooManySpans(event, trace))) {
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
