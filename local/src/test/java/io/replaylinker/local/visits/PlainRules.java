package io.replaylinker.local.visits;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of "whose is it", read over a whole dump: own id, recorder, path, sole visit, users. */
final class PlainRules {

    private static final double TOLERANCE_S = 60;
    private static final double CLOSE_BEFORE_S = 3;
    private static final double CLOSE_AFTER_S = 10;

    private final Dump dump;
    private final Map<String, String> recorded = new HashMap<>();
    private final Map<String, Boolean> strayed = new HashMap<>();
    /** The rule that decided, by event id. */
    final Map<String, String> decidedBy = new TreeMap<>();

    private final Reading reading;

    PlainRules(Dump dump, Reading reading) {
        this.reading = reading;
        this.dump = dump;
        for (Dump.Replay replay : dump.replays.values()) {
            replay.errors.forEach(error -> recorded.put(error, replay.id));
        }
    }

    Map<String, String> links() {
        Map<String, String> links = new HashMap<>();
        for (Dump.Event event : dump.events.values()) {
            String replay = link(event);
            if (replay != null && sameOrganization(event, replay)) {
                links.put(event.id, replay);
            }
        }
        return links;
    }

    private boolean sameOrganization(Dump.Event event, String replayId) {
        Dump.Replay replay = dump.replays.get(replayId);
        if (replay == null) {
            return false;
        }
        Long organization = dump.organizations.get(replay.project);
        return organization == null
                ? Set.copyOf(dump.organizations.values()).size() == 1
                : organization == event.organization;
    }

    private @Nullable String link(Dump.Event event) {
        String own = event.stamped != null ? event.stamped : event.carried;
        if (own != null) {
            return by(event, "own", seen(own));
        }
        String error = recorded.get(event.id);
        if (error != null) {
            return by(event, "recorder", error);
        }
        for (Dump.Place place : event.places) {
            Dump.Span browser = climb(place, event);
            if (browser != null) {
                return by(event, "path", visit(event, dump.trace(place.trace()), browser));
            }
        }
        for (Dump.Place place : event.places) {
            String sole = sole(event, dump.trace(place.trace()));
            if (sole != null) {
                return by(event, "sole", sole);
            }
        }
        for (Dump.Place place : event.places) {
            String user = user(event, dump.trace(place.trace()));
            if (user != null) {
                return by(event, "user", user);
            }
        }
        return by(event, "shared", null);
    }

    private @Nullable String by(Dump.Event event, String rule, @Nullable String replay) {
        decidedBy.put(event.id, rule);
        return replay;
    }

    private @Nullable String seen(String replayId) {
        return dump.replays.containsKey(replayId) ? replayId : null;
    }

    /** The browser's span above a place, or null if the way up ends before it. */
    private Dump.@Nullable Span climb(Dump.Place place, Dump.Event event) {
        Map<String, Dump.Span> spans = dump.trace(place.trace()).spans;
        Dump.Span span = known(spans, place.span(), event);
        if (span == null) {
            span = known(spans, place.parent(), event);
        }
        Set<String> passed = new HashSet<>();
        while (span != null && !span.browser && passed.add(span.id)) {
            span = known(spans, span.parent, event);
        }
        return span != null && span.browser ? span : null;
    }

    private static Dump.@Nullable Span known(Map<String, Dump.Span> spans, @Nullable String id, Dump.Event event) {
        Dump.Span span = id == null ? null : spans.get(id);
        return span != null && span.organization == event.organization ? span : null;
    }

    private @Nullable String visit(Dump.Event event, Dump.TraceFacts trace, Dump.Span browser) {
        if (browser.replay != null) {
            return seen(browser.replay);
        }
        Set<String> replays = seenReplays(trace);
        if (trace.roots().size() > 1 || replays.size() != 1) {
            return isStricter() ? sameUser(trace, browser) : null;
        }
        String only = replays.iterator().next();
        return contradicts(event, only) ? null : only;
    }

    /** The replay whose user has the id that an unnamed visit names, if there is exactly one. */
    private @Nullable String sameUser(Dump.TraceFacts trace, Dump.Span browser) {
        String id = browser.names.id();
        List<String> same = seenReplays(trace).stream()
                .filter(replay -> id != null && id.equals(names(replay).id()))
                .toList();
        return same.size() == 1 ? same.get(0) : null;
    }

    private Names names(String replayId) {
        Dump.Replay replay = dump.replays.get(replayId);
        return replay == null ? Names.NONE : replay.names;
    }

    private Set<String> seenReplays(Dump.TraceFacts trace) {
        Set<String> replays = new LinkedHashSet<>(trace.replays);
        replays.retainAll(dump.replays.keySet());
        return replays;
    }

    private @Nullable String sole(Dump.Event event, Dump.TraceFacts trace) {
        if (trace.roots().size() > 1 || trace.replays.size() != 1) {
            return null;
        }
        String only = trace.replays.iterator().next();
        Dump.Replay replay = dump.replays.get(only);
        if (replay == null || contradicts(event, only) || strays(trace, replay) || isDoubtful(trace, replay)) {
            return null;
        }
        return only;
    }

    private boolean isDoubtful(Dump.TraceFacts trace, Dump.Replay replay) {
        return isStricter() && (hasOthers(trace, replay) || fitsLoosely(trace, replay) || isCopy(trace));
    }

    private boolean isStricter() {
        return reading == Reading.STRICTER;
    }

    /**
     * Whether a trace on which visits leave no root (a server began it, nothing is sampled) has events that do not fit
     * the replay's life closely.
     */
    private static boolean fitsLoosely(Dump.TraceFacts trace, Dump.Replay replay) {
        boolean showsVisits = !trace.spans.isEmpty()
                || trace.events.stream().anyMatch(event -> replay.release.equals(event.contextRelease));
        double first = replay.start + replay.drift - (replay.buffer ? TOLERANCE_S : CLOSE_BEFORE_S);
        double last = replay.last + replay.drift + CLOSE_AFTER_S;
        return !showsVisits && trace.events.stream().anyMatch(event -> event.at < first || event.at > last);
    }

    /** Whether a server's own root ended long before the only page began: a copy that was rendered in advance. */
    private static boolean isCopy(Dump.TraceFacts trace) {
        List<Dump.Span> roots = trace.roots();
        return roots.size() == 1
                && trace.spans.values().stream()
                        .anyMatch(span ->
                                !span.browser && span.parent == null && span.to < roots.get(0).from - CLOSE_AFTER_S);
    }

    /** Whether the trace names a user who is not the replay's. */
    private static boolean hasOthers(Dump.TraceFacts trace, Dump.Replay replay) {
        return trace.events.stream().anyMatch(event -> !sameId(event.names, replay.names))
                || trace.events.stream()
                                .map(event -> event.names.id())
                                .filter(id -> id != null)
                                .distinct()
                                .count()
                        > 1;
    }

    private static boolean sameId(Names one, Names other) {
        return one.id() == null || other.id() == null || one.id().equals(other.id());
    }

    /** Whether something on the trace without a way to a browser lies outside the replay's life. */
    private boolean strays(Dump.TraceFacts trace, Dump.Replay replay) {
        return strayed.computeIfAbsent(replay.id + System.identityHashCode(trace), key -> trace.events.stream()
                .anyMatch(event -> isOutside(begin(event), replay)
                        && event.stamped == null
                        && event.carried == null
                        && event.places.stream().allMatch(place -> climb(place, event) == null)));
    }

    /** When the work began that an event is part of, as far as its spans are known. */
    private double begin(Dump.Event event) {
        double begin = event.at;
        for (Dump.Place place : event.places) {
            Map<String, Dump.Span> spans = dump.trace(place.trace()).spans;
            Dump.Span span = known(spans, place.span(), event);
            Set<String> passed = new HashSet<>();
            while (isStricter() && span != null && !span.browser && passed.add(span.id)) {
                begin = Math.min(begin, span.from);
                span = known(spans, span.parent, event);
            }
        }
        return begin;
    }

    private static boolean isOutside(double at, Dump.Replay replay) {
        boolean before = !replay.buffer && at < replay.start + replay.drift - TOLERANCE_S;
        return before || at > replay.last + replay.drift + TOLERANCE_S;
    }

    private boolean contradicts(Dump.Event event, String replayId) {
        Dump.Replay replay = dump.replays.get(replayId);
        return replay != null && event.names.contradicts(replay.names);
    }

    private String unnamed(Dump.TraceFacts trace, Dump.Span root) {
        String same = isStricter() ? sameUser(trace, root) : null;
        return same == null ? "unrecorded " + root.id : same;
    }

    private @Nullable String user(Dump.Event event, Dump.TraceFacts trace) {
        List<String> matching = new ArrayList<>();
        Set<String> rooted = new HashSet<>();
        for (Dump.Span root : trace.roots()) {
            String visit = root.replay == null ? unnamed(trace, root) : root.replay;
            if (rooted.add(visit) && event.names.meets(root.names) && !event.names.contradicts(root.names)) {
                matching.add(visit);
            }
        }
        for (String id : seenReplays(trace)) {
            Dump.Replay replay = dump.replays.get(id);
            if (replay != null
                    && rooted.add(id)
                    && event.names.meets(replay.names)
                    && !event.names.contradicts(replay.names)) {
                matching.add(id);
            }
        }
        return matching.size() == 1 ? seen(matching.get(0)) : null;
    }
}
