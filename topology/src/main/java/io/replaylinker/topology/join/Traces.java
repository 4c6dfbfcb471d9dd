package io.replaylinker.topology.join;

import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.SpanId;
import io.replaylinker.schemas.TraceObservation;
import io.replaylinker.serdes.LruCache;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The traces in resolve. Visits are kept for {@code memory} after their last observation, spans for {@code wait} after
 * they were received. A span that is itself a waiting event has no row of its own: the event's row contains it.
 */
final class Traces {

    /** About 150 bytes each; a trace may have thousands. */
    private static final int MOST_SPANS = 50_000;

    /** Which events an input may affect. */
    enum News {
        NOTHING,
        /** Events that look for a span. */
        FOR_SOME,
        CHANGED
    }

    /**
     * What an observation may have changed for the events of its trace.
     *
     * @param events keys of those that look for a span; empty unless the news are for some
     */
    record Change(News news, Set<byte[]> events) {

        static final Change NOTHING = new Change(News.NOTHING, Set.of());

        static Change of(News news) {
            return new Change(news, Set.of());
        }

        /** The one that affects more events. */
        Change or(Change other) {
            return news.compareTo(other.news) >= 0 ? this : other;
        }
    }

    private final Rows rows;
    private final JoinSettings settings;
    private final Timers timers;
    private final FieldWriter spanBytes = new FieldWriter();
    private final Affiliations affiliations;
    private final TraceReader reader;
    private final LruCache<Id, Trace> traces = new LruCache<>(Keys.MOST_IN_MEMORY);
    /** Upper bound of the spans in memory, counted since the traces in memory were last dropped. */
    private int spansInMemory;

    Traces(Rows rows, JoinSettings settings, Timers timers, Affiliations affiliations) {
        this.rows = rows;
        this.settings = settings;
        this.timers = timers;
        this.affiliations = affiliations;
        this.reader = new TraceReader(rows, settings);
    }

    /**
     * Drops all traces from memory once they hold too many spans. Called between two inputs; the rows keep the traces.
     */
    private void bound() {
        if (spansInMemory > MOST_SPANS) {
            spansInMemory = 0;
            traces.clear();
        }
    }

    /** Whether there is nothing of the trace, neither in memory nor in rows. */
    boolean isUnknown(Id id) {
        return traces.get(id) == null
                && !rows.hasGroup(Keys.of(Keys.EVENT, id))
                && !rows.hasGroup(Keys.of(Keys.SEEN, id));
    }

    /** The trace, read from its rows if it is not in memory. */
    Trace find(Id id) {
        Trace trace = traces.get(id);
        if (trace == null) {
            trace = reader.read(id, timers.expiredUntilMs());
            spansInMemory += trace.nodeCount();
            traces.put(id, trace);
        }
        return trace;
    }

    /** Adds an observation of a trace. */
    Change observe(TraceObservation observation) {
        bound();
        Id id = observation.getTraceId();
        Trace trace = find(id);
        Change ofVisit = isOfVisit(observation) ? Change.of(addVisit(id, trace, observation)) : Change.NOTHING;
        SpanId span = observation.getSpanId();
        Change ofSpan = span == null ? Change.NOTHING : addSpan(id, trace, observation, span);
        return trace.hasEvents() ? ofVisit.or(ofSpan) : Change.NOTHING;
    }

    /**
     * Adds an event that is to wait on the trace. Called before its row is written.
     *
     * @param expiryMs end of its wait
     */
    Change join(Claim claim, Id id, long expiryMs) {
        bound();
        Trace trace = find(id);
        TraceObservation observation = claim.getRoot() ? TraceReader.ofLookup(claim) : null;
        Change change = observation == null ? Change.NOTHING : Change.of(addVisit(id, trace, observation));
        SpanNode node = reader.node(claim, expiryMs);
        if (node != null) {
            change = change.or(addEvent(id, trace, node));
        }
        boolean hadEvents = trace.hasEvents();
        trace.addEvent();
        return hadEvents ? change : Change.NOTHING;
    }

    private Change addEvent(Id id, Trace trace, SpanNode node) {
        SpanNode before = trace.find(node.observer(), node.span());
        if (!reader.merge(trace, node, timers.expiredUntilMs())) {
            return Change.NOTHING;
        }
        spansInMemory++;
        boolean crowded = checkSpans(id, trace, node.observer());
        boolean differs = before != null && !before.leadsLike(before.merge(node));
        return crowded || differs ? Change.of(News.CHANGED) : before == null ? ofNew(trace, node) : Change.NOTHING;
    }

    private static Change ofNew(Trace trace, SpanNode node) {
        if (trace.mayConcernAll() || mayHaveRendered(trace, node)) {
            return Change.of(News.CHANGED);
        }
        Set<byte[]> concerned = trace.concernedBy(node);
        return concerned.isEmpty() ? Change.NOTHING : new Change(News.FOR_SOME, concerned);
    }

    /** Whether the span may show that a page was cached. That also affects events that look for no span. */
    private static boolean mayHaveRendered(Trace trace, SpanNode node) {
        return node.isServersRoot()
                && trace.row().visits().stream()
                        .filter(visit -> visit.rootMs() != Long.MAX_VALUE)
                        .anyMatch(visit -> node.endedMs() < visit.rootMs() - Ladder.LONGEST_DELIVERY_MS);
    }

    private static boolean isOfVisit(TraceObservation observation) {
        return observation.getRoot() || (observation.getTeaches() && observation.getReplayId() != null);
    }

    private News addVisit(Id id, Trace trace, TraceObservation observation) {
        TraceRow row = trace.row();
        TraceRow next =
                namesItsReplay(observation) ? row.withoutRoot(TraceRow.observer(observation), root(observation)) : row;
        Visit seen = visit(observation, trace);
        if (seen != null) {
            next = next.with(seen, settings.traceMaxVisits());
        }
        if (next.equals(row)) {
            return News.NOTHING;
        }
        if (seen == null || row.find(seen) == null) {
            changeObservers(id, row, next, TraceRow.observer(observation));
        }
        put(id, trace, next);
        boolean alike = settings.traceShared() == SharedTrace.NONE && next.countsLike(row);
        return alike ? News.NOTHING : News.CHANGED;
    }

    private static long root(TraceObservation observation) {
        return observation.getSpanId() == null ? 0 : SpanNode.number(observation.getSpanId());
    }

    private static boolean namesItsReplay(TraceObservation observation) {
        return observation.getRoot() && observation.getReplayId() != null;
    }

    /**
     * The visit that was observed. Null where the same page load names its replay in another observation: in either
     * order only the one that names it counts. Null too where its replay belongs to another trace.
     */
    private @Nullable Visit visit(TraceObservation observation, Trace trace) {
        Id replay = observation.getReplayId();
        long observer = TraceRow.observer(observation);
        long root = root(observation);
        if (replay == null ? isNamed(trace, observer, root) : !observation.getTeaches()) {
            return null;
        }
        return new Visit(
                observer,
                replay,
                replay == null ? root : 0,
                namesItsReplay(observation),
                observation.getRoot() && observation.getParentSpanId() == null,
                Visit.set(namesItsReplay(observation) ? root : null),
                observation.getRoot() ? observation.getStartedMs() : Long.MAX_VALUE,
                Visit.set(observation.getUser()),
                Visit.set(observation.getAddress()),
                observation.getStartedMs(),
                observation.getSeenMs(),
                timers.after(observation.getSeenMs(), settings.memory()));
    }

    private static boolean isNamed(Trace trace, long observer, long root) {
        SpanNode known = trace.find(observer, root);
        return trace.row().namesReplay(observer, root) || (known != null && known.replay() != null);
    }

    private Change addSpan(Id id, Trace trace, TraceObservation observation, SpanId span) {
        SpanNode seen = SpanNode.of(observation, span, timers.after(observation.getSeenMs(), settings.waitFor()));
        TraceRow.Crowd crowd = trace.row().crowd(seen.observer());
        if (crowd != null && crowd.ofSpans()) {
            return Change.NOTHING;
        }
        SpanNode before = trace.find(seen.observer(), seen.span());
        SpanNode after = before == null ? seen : before.merge(seen);
        if (before != null && after.leadsLike(before)) {
            return Change.NOTHING;
        }
        rows.put(Keys.span(id, after), after.toBytes(spanBytes));
        trace.put(after);
        spansInMemory++;
        if (after.root() && after.replay() != null) {
            TraceRow left = trace.row().withoutRoot(after.observer(), after.span());
            if (!left.equals(trace.row())) {
                put(id, trace, left);
            }
        }
        if (trace.row().sweepMs() == Long.MAX_VALUE) {
            put(id, trace, trace.row().withSweep(after.keepUntilMs()));
        }
        boolean crowded = checkSpans(id, trace, seen.observer());
        return crowded || before != null ? Change.of(News.CHANGED) : ofNew(trace, after);
    }

    /** Marks the trace as shared for the observer if it has more spans than are kept. */
    private boolean checkSpans(Id id, Trace trace, long observer) {
        if (trace.nodeCount(observer) <= settings.traceMaxSpans()) {
            return false;
        }
        trace.remove(node -> node.keepUntilMs() < timers.expiredUntilMs());
        if (trace.nodeCount(observer) <= settings.traceMaxSpans()) {
            return false;
        }
        trace.remove(node -> node.observer() == observer);
        long untilMs = timers.after(timers.expiredUntilMs(), settings.memory());
        put(id, trace, trace.row().crowded(new TraceRow.Crowd(observer, untilMs, true, true), 0));
        return true;
    }

    /** Removes expired visits and spans. */
    void expire(byte[] key, long watermarkMs) {
        Id id = Keys.id(key);
        Trace trace = find(id);
        TraceRow row = trace.row();
        if (row.scheduledMs() >= watermarkMs) {
            return;
        }
        TraceRow left = row.keptAt(watermarkMs).withSweep(sweep(id, trace, watermarkMs));
        forgetLost(row.observers(), left.observers(), key);
        if (left.isEmpty()) {
            rows.delete(key);
            trace.row(TraceRow.NOTHING);
            if (!trace.hasEvents()) {
                traces.remove(id);
            }
            return;
        }
        put(id, trace, left.scheduled(Long.MAX_VALUE));
    }

    /** Deletes rows of expired spans and returns when the next sweep is due. */
    private long sweep(Id id, Trace trace, long watermarkMs) {
        if (trace.row().sweepMs() >= watermarkMs) {
            return trace.row().sweepMs();
        }
        long[] nextMs = {Long.MAX_VALUE};
        byte[] spans = Keys.of(Keys.SPAN, id);
        rows.each(spans, row -> {
            long untilMs = SpanNode.read(row).keepUntilMs();
            if (untilMs < watermarkMs) {
                rows.delete(row.key());
            } else {
                nextMs[0] = Math.min(nextMs[0], untilMs);
            }
        });
        trace.remove(node -> node.keepUntilMs() < watermarkMs);
        return nextMs[0];
    }

    private void put(Id id, Trace trace, TraceRow row) {
        byte[] key = Keys.of(Keys.SEEN, id);
        boolean isEarlier = row.expiryMs() < row.scheduledMs();
        TraceRow next = isEarlier ? row.scheduled(row.expiryMs()) : row;
        trace.row(next);
        rows.put(key, next.toBytes());
        if (isEarlier) {
            timers.add(next.scheduledMs(), key);
        }
    }

    private void changeObservers(Id id, TraceRow before, TraceRow after, long added) {
        if (added > 0 && after.observers().contains(added)) {
            affiliations.awaitOrganization(added, Keys.of(Keys.SEEN, id));
        }
        forgetLost(before.observers(), after.observers(), Keys.of(Keys.SEEN, id));
    }

    /** Removes the waits for an organization of observers that are no longer in the row. */
    private void forgetLost(Set<Long> before, Set<Long> after, byte[] key) {
        before.stream().filter(observer -> !after.contains(observer)).forEach(lost -> affiliations.forget(lost, key));
    }
}
