package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The visits of one trace, as an event may see them: replays, and page loads that name none. */
final class VisitLook {

    /** All that is known of one visit. */
    static final class Visit {
        private final @Nullable String replay;
        private final Set<String> users = new HashSet<>();
        private final Set<String> addresses = new HashSet<>();
        private boolean named;
        private boolean began;
        private long rootMs = Long.MAX_VALUE;

        private Visit(@Nullable String replay) {
            this.replay = replay;
        }

        @Nullable String replay() {
            return replay;
        }

        boolean named() {
            return named;
        }

        /** No page load named it yet when this one began. */
        boolean isUnnamedAt(Visit root) {
            return !named || root.rootMs < rootMs;
        }

        Set<String> users() {
            return users;
        }

        Set<String> addresses() {
            return addresses;
        }

        boolean isNameless() {
            return users.isEmpty() && addresses.isEmpty();
        }

        private void add(Visit other) {
            users.addAll(other.users);
            addresses.addAll(other.addresses);
            named |= other.named;
            began |= other.began;
            rootMs = Math.min(rootMs, other.rootMs);
        }

        /** It began with this page load. */
        private void addRoot(Fact.Event root) {
            began |= SpanLook.above(root).isEmpty();
            rootMs = Math.min(rootMs, root.startMs());
        }

        private void add(@Nullable String user, @Nullable String address) {
            if (user != null) {
                users.add(user);
            }
            if (address != null) {
                addresses.add(address);
            }
        }
    }

    /** Of page loads of nobody known so many count as any number. */
    private static final int NAMELESS = 2;

    private final Map<String, Visit> replays = new TreeMap<>();
    private final Map<String, Visit> roots = new TreeMap<>();
    private final Set<String> namedRoots = new HashSet<>();
    /** Of each observer the replays and page loads that it saw, of these also such that turned out to name their replay. */
    private final Map<String, Map<String, Visit>> replaysOf = new HashMap<>();

    private final Map<String, Set<String>> rootsOf = new HashMap<>();
    private boolean crowded;
    private boolean nearlyCrowded;

    /**
     * What those may see who stand so to the observer.
     *
     * @param lost an organization of which nothing is kept, because it sent too many spans; 0 for none
     */
    static VisitLook of(
            Fact.Event event,
            String trace,
            List<Fact> known,
            Organizations organizations,
            Organizations.Relation to,
            long lost) {
        VisitLook look = new VisitLook();
        for (Fact fact : known) {
            if (fact instanceof Fact.Segment segment
                    && segment.traces().contains(trace)
                    && organizations.relationToProject(event, segment.project()) == to) {
                look.teach("project " + segment.project(), segment.replay(), segment.user(), segment.address());
            } else if (fact instanceof Fact.Edge edge
                    && edge.trace().equals(trace)
                    && edge.replay() != null
                    && edge.organization() != lost
                    && organizations.relation(event, edge.organization()) == to) {
                look.teach("organization " + edge.organization(), edge.replay(), edge.user(), edge.address());
            } else if (fact instanceof Fact.Event other
                    && other.organization() != lost
                    && organizations.relation(event, other.organization()) == to) {
                look.add(other, trace);
            }
        }
        look.namedRoots.forEach(look.roots::remove);
        look.bound(Story.SETTINGS.traceMaxVisits());
        return look;
    }

    private void add(Fact.Event event, String trace) {
        String observer = "organization " + event.organization();
        boolean isRoot = event.root() && trace.equals(event.trace());
        if (event.replay() != null && trace.equals(event.taught())) {
            Visit visit = teach(observer, event.replay(), event.user(), event.address());
            if (isRoot) {
                visit.named = true;
                visit.addRoot(event);
            }
        }
        if (isRoot && event.replay() != null) {
            namedRoots.add(Objects.requireNonNull(event.span()));
        } else if (isRoot) {
            String root = Objects.requireNonNull(event.span());
            rootsOf.computeIfAbsent(observer, seen -> new HashSet<>()).add(root);
            Visit visit = roots.computeIfAbsent(root, span -> new Visit(null));
            visit.add(event.user(), event.address());
            visit.addRoot(event);
        }
    }

    private Visit teach(String observer, String replay, @Nullable String user, @Nullable String address) {
        Visit visit =
                replaysOf.computeIfAbsent(observer, seen -> new TreeMap<>()).computeIfAbsent(replay, Visit::new);
        visit.add(user, address);
        return visit;
    }

    private void bound(int maxVisits) {
        Set<String> observers = new HashSet<>(replaysOf.keySet());
        observers.addAll(rootsOf.keySet());
        for (String observer : observers) {
            Map<String, Visit> ofReplays = replaysOf.getOrDefault(observer, Map.of());
            Set<String> ofRoots = rootsOf.getOrDefault(observer, Set.of());
            List<Visit> left =
                    ofRoots.stream().map(roots::get).filter(Objects::nonNull).toList();
            long nameless = left.stream().filter(Visit::isNameless).count();
            boolean tooMany = ofReplays.size() + left.size() - nameless + Math.min(NAMELESS, nameless) > maxVisits;
            nearlyCrowded |= !tooMany && ofReplays.size() + ofRoots.size() > maxVisits;
            nearlyCrowded |= nameless < NAMELESS && ofRoots.size() > NAMELESS && left.size() < ofRoots.size();
            crowded |= tooMany;
            if (tooMany) {
                roots.keySet().removeAll(ofRoots);
            }
            if (ofReplays.size() <= maxVisits) {
                ofReplays.values().forEach(visit -> replays.computeIfAbsent(String.valueOf(visit.replay()), Visit::new)
                        .add(visit));
            }
        }
    }

    /** An observer saw more than is kept. */
    boolean isCrowded() {
        return crowded;
    }

    /** It hangs on the order whether it was too many for a while, or which page loads of nobody known are left. */
    boolean isNearlyCrowded() {
        return nearlyCrowded;
    }

    List<Visit> replays() {
        return List.copyOf(replays.values());
    }

    List<Visit> roots() {
        return List.copyOf(roots.values());
    }

    @Nullable Visit root(@Nullable String span) {
        return span == null ? null : roots.get(span);
    }

    boolean isPageSeen() {
        return rootMs() != Long.MAX_VALUE;
    }

    /** Start of the first page load, {@link Long#MAX_VALUE} for none. */
    long rootMs() {
        return all().stream().mapToLong(visit -> visit.rootMs).min().orElse(Long.MAX_VALUE);
    }

    /** One of its page loads has nothing above it. */
    boolean beganInBrowser() {
        return all().stream().anyMatch(visit -> visit.began);
    }

    List<Visit> all() {
        List<Visit> all = new ArrayList<>(replays.values());
        all.addAll(roots.values());
        return all;
    }
}
