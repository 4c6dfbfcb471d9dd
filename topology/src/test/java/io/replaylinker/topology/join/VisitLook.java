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

        private Visit(@Nullable String replay) {
            this.replay = replay;
        }

        @Nullable String replay() {
            return replay;
        }

        boolean named() {
            return named;
        }

        Set<String> users() {
            return users;
        }

        Set<String> addresses() {
            return addresses;
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

    private final Map<String, Visit> replays = new TreeMap<>();
    private final Map<String, Visit> roots = new TreeMap<>();
    private final Set<String> namedRoots = new HashSet<>();
    /** Of each observer all visits that it ever seemed to have seen. */
    private final Map<String, Set<String>> most = new HashMap<>();

    /** What those may see who stand so to the observer. */
    static VisitLook of(
            Fact.Event event, String trace, List<Fact> known, Organizations organizations, Organizations.Relation to) {
        VisitLook look = new VisitLook();
        for (Fact fact : known) {
            if (fact instanceof Fact.Segment segment
                    && segment.traces().contains(trace)
                    && organizations.relationToProject(event, segment.project()) == to) {
                look.teach("project " + segment.project(), segment.replay(), segment.user(), segment.address());
            } else if (fact instanceof Fact.Edge edge
                    && edge.trace().equals(trace)
                    && edge.replay() != null
                    && organizations.relation(event, edge.organization()) == to) {
                look.teach("organization " + edge.organization(), edge.replay(), edge.user(), edge.address());
            } else if (fact instanceof Fact.Event other && organizations.relation(event, other.organization()) == to) {
                look.add(other, trace);
            }
        }
        look.namedRoots.forEach(look.roots::remove);
        return look;
    }

    private void add(Fact.Event event, String trace) {
        String observer = "organization " + event.organization();
        if (event.replay() != null && trace.equals(event.taught())) {
            Visit visit = teach(observer, event.replay(), event.user(), event.address());
            if (event.root() && trace.equals(event.trace())) {
                visit.named = true;
                namedRoots.add(Objects.requireNonNull(event.span()));
            }
        } else if (event.root() && event.replay() == null && trace.equals(event.trace())) {
            String root = Objects.requireNonNull(event.span());
            most.computeIfAbsent(observer, seen -> new HashSet<>()).add("root " + root);
            roots.computeIfAbsent(root, span -> new Visit(null)).add(event.user(), event.address());
        }
    }

    private Visit teach(String observer, String replay, @Nullable String user, @Nullable String address) {
        most.computeIfAbsent(observer, seen -> new HashSet<>()).add(replay);
        Visit visit = replays.computeIfAbsent(replay, Visit::new);
        visit.add(user, address);
        return visit;
    }

    /** Users and addresses that a page load named before it named its replay are the replay's own only if it says so too. */
    boolean isCrowded(int maxVisits) {
        return most.values().stream()
                .anyMatch(seen -> seen.stream()
                                .filter(visit -> !visit.startsWith("root ")
                                        || roots.containsKey(visit.substring("root ".length())))
                                .count()
                        > maxVisits);
    }

    /** It hangs on the order whether it was too many for a while. */
    boolean isNearlyCrowded(int maxVisits) {
        return !isCrowded(maxVisits) && most.values().stream().anyMatch(seen -> seen.size() > maxVisits);
    }

    List<Visit> replays() {
        return List.copyOf(replays.values());
    }

    int roots() {
        return roots.size();
    }

    List<Visit> all() {
        List<Visit> all = new ArrayList<>(replays.values());
        all.addAll(roots.values());
        return all;
    }
}
