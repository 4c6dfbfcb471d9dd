package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The spans of one trace as one organization sent them, and where a path through them leads. */
final class SpanLook {

    /** A record as a span. */
    private record Seen(
            String span,
            long project,
            @Nullable String parent,
            @Nullable String replay,
            boolean client,
            boolean call,
            boolean buffering,
            long startMs,
            long endMs) {}

    /**
     * Where a path ends: a replay, or a visit that names none, or neither.
     *
     * @param page last span of a browser on it, null for none
     * @param anchorMs start of its topmost span, 0 for none
     */
    record End(
            @Nullable String replay,
            boolean buffering,
            boolean visit,
            @Nullable String page,
            long anchorMs) {

        boolean isOpen() {
            return replay == null && !visit;
        }

        /** What is left of it when there are but the spans of another path. */
        End afterwards(End left) {
            return visit && replay == null ? new End(null, false, true, null, 0) : left;
        }
    }

    private final Map<String, List<Seen>> spans = new TreeMap<>();

    static SpanLook of(long organization, String trace, List<Fact> live) {
        SpanLook look = new SpanLook();
        for (Fact fact : live) {
            if (fact instanceof Fact.Event event
                    && event.call()
                    && event.organization() == organization
                    && trace.equals(event.trace())) {
                look.add(event);
            } else if (fact instanceof Fact.Edge edge
                    && edge.organization() == organization
                    && trace.equals(edge.trace())) {
                look.add(new Seen(
                        edge.span(),
                        edge.project(),
                        edge.above().equals(edge.span()) ? null : edge.above(),
                        edge.replay(),
                        edge.client(),
                        false,
                        edge.buffering(),
                        edge.startMs(),
                        edge.momentMs()));
            }
        }
        return look;
    }

    int size() {
        return spans.size();
    }

    private void add(Fact.Event event) {
        String own = Objects.requireNonNull(event.span());
        String parent = above(event).stream().findFirst().orElse(null);
        add(new Seen(
                own,
                event.project(),
                parent,
                event.replay(),
                event.client(),
                true,
                event.buffering(),
                event.startMs(),
                event.momentMs()));
        for (String called : event.calls()) {
            if (!called.equals(own)) {
                add(new Seen(
                        called,
                        event.project(),
                        own,
                        event.replay(),
                        event.client(),
                        false,
                        event.buffering(),
                        event.startMs(),
                        event.momentMs()));
            }
        }
    }

    private void add(Seen seen) {
        spans.computeIfAbsent(seen.span(), span -> new ArrayList<>()).add(seen);
    }

    /** Spans above an event on its own trace, the nearest first. */
    static List<String> above(Fact.Event event) {
        List<String> above = new ArrayList<>();
        if (!event.call()) {
            above.add(event.span());
        }
        above.add(event.parent());
        if (event.header() != null && event.header().equals(event.trace())) {
            above.add(event.caller());
        }
        above.removeIf(span -> span == null || (event.call() && span.equals(event.span())));
        return above;
    }

    End path(Fact.Event event, List<String> above) {
        String at = event.call() && event.client() && spans.containsKey(event.span()) ? event.span() : null;
        for (String span : above) {
            at = at == null && spans.containsKey(span) ? span : at;
        }
        if (at == null && !event.call() && !event.client()) {
            at = segmentHolding(event);
        }
        return climb(at);
    }

    private End climb(@Nullable String start) {
        Set<String> passed = new HashSet<>();
        boolean visit = false;
        long topMs = 0;
        String last = null;
        String remembered = null;
        boolean buffering = false;
        String at = start;
        while (at != null && spans.containsKey(at) && passed.add(at) && !isTorn(at)) {
            List<Seen> all = spans.get(at);
            boolean client = all.stream().anyMatch(Seen::client);
            if (visit && !client) {
                break;
            }
            String replay = any(all, Seen::replay);
            boolean onlyBuffered = all.stream().allMatch(Seen::buffering);
            if (client && replay != null) {
                return new End(replay, onlyBuffered, true, at, 0);
            }
            last = at;
            topMs = startMs(all);
            if (replay != null && remembered == null) {
                remembered = replay;
                buffering = onlyBuffered;
            }
            visit |= client;
            at = any(all, Seen::parent);
        }
        return new End(remembered, buffering, visit, visit ? last : null, topMs);
    }

    private static long startMs(List<Seen> all) {
        return all.stream().mapToLong(Seen::startMs).min().orElseThrow();
    }

    private static long endMs(List<Seen> all) {
        return all.stream().mapToLong(Seen::endMs).max().orElseThrow();
    }

    /** Whether a server began the trace with a call that was over before then. */
    boolean isRendered(long beforeMs) {
        return spans.values().stream()
                .anyMatch(all -> all.stream().anyMatch(Seen::call)
                        && all.stream().noneMatch(Seen::client)
                        && any(all, Seen::parent) == null
                        && endMs(all) < beforeMs);
    }

    private boolean isTorn(String span) {
        List<Seen> all = spans.getOrDefault(span, List.of());
        return count(all, Seen::project) > 1 || count(all, Seen::parent) > 1 || count(all, Seen::replay) > 1;
    }

    private static long count(List<Seen> all, Function<Seen, @Nullable Object> what) {
        return all.stream().map(what).filter(Objects::nonNull).distinct().count();
    }

    private static @Nullable String any(List<Seen> all, Function<Seen, @Nullable String> what) {
        return all.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** The one call of the event's project that was going on when it happened. */
    private @Nullable String segmentHolding(Fact.Event event) {
        List<String> holding = spans.entrySet().stream()
                .filter(span -> holds(span.getValue(), event))
                .map(Map.Entry::getKey)
                .toList();
        return holding.size() == 1 ? holding.get(0) : null;
    }

    private static boolean holds(List<Seen> span, Fact.Event event) {
        return span.stream().anyMatch(Seen::call)
                && span.stream().mapToLong(Seen::project).min().orElse(0) == event.project()
                && startMs(span) <= event.momentMs()
                && endMs(span) >= event.momentMs();
    }
}
