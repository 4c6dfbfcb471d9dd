package io.replaylinker.topology.join;

import io.replaylinker.schemas.EventSummary;
import io.replaylinker.schemas.Id;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The visits of a trace that an event may see, each once regardless of the observer. */
final class Visits {

    private final Map<Id, Visit> replays = new HashMap<>(4);
    private final Map<Long, Visit> unnamed = new HashMap<>(4);
    private boolean crowded;

    private static final Visits NONE = new Visits();

    private Visits() {}

    /**
     * The visits observed by the event's own organization; where there are none, those of projects of unknown
     * organization.
     */
    static Visits of(EventSummary event, TraceRow trace, Affiliations affiliations) {
        if (trace.visits().isEmpty() && trace.crowds().isEmpty()) {
            return NONE;
        }
        Visits own = new Visits();
        Visits unknown = new Visits();
        for (Visit visit : trace.visits()) {
            switch (affiliations.matchObserver(event.getOrganizationId(), visit.observer())) {
                case SAME -> own.add(visit);
                case UNKNOWN -> unknown.add(visit);
                case FOREIGN -> {}
            }
        }
        for (TraceRow.Crowd crowd : trace.crowds()) {
            switch (affiliations.matchObserver(event.getOrganizationId(), crowd.observer())) {
                case SAME -> own.crowded = true;
                case UNKNOWN -> unknown.crowded = true;
                case FOREIGN -> {}
            }
        }
        // Observers of unknown organization must not spoil known visits. Where there are only unknown ones, confirm
        // makes the event wait.
        return own.replays.isEmpty() && !own.crowded && unknown.isKnown() ? unknown : own;
    }

    private boolean isKnown() {
        return crowded || !replays.isEmpty();
    }

    private void add(Visit visit) {
        if (visit.replay() == null) {
            unnamed.merge(visit.root(), visit, Visit::merge);
        } else {
            replays.merge(visit.replay(), visit, Visit::merge);
        }
    }

    /** Whether the trace has more visits or spans than are kept. */
    boolean isCrowded() {
        return crowded;
    }

    boolean hasReplay() {
        return !replays.isEmpty();
    }

    /**
     * The replay of the trace's only visit; null when it has none or several. A single page load that names none may
     * belong to it, unless both name users and not the same.
     */
    @Nullable Id sole() {
        if (replays.size() != 1 || unnamed.size() > 1) {
            return null;
        }
        Visit only = replays.values().iterator().next();
        for (Visit root : unnamed.values()) {
            if (only.named() || contradict(only, root)) {
                return null;
            }
        }
        return only.replay();
    }

    private static boolean contradict(Visit one, Visit other) {
        return !one.users().isEmpty()
                && !other.users().isEmpty()
                && one.users().stream().noneMatch(other.users()::contains);
    }

    /**
     * {@link #sole} for an event whose path ends at a span of a browser that names no replay: it does not belong to a
     * page that names one.
     */
    @Nullable Id soleUnnamed() {
        Id sole = sole();
        return sole == null || replays.values().iterator().next().named() ? null : sole;
    }

    /** Whether the trace began in the browser of its only visit, so that no other visitor was given it. */
    boolean beganInBrowser() {
        return Stream.concat(replays.values().stream(), unnamed.values().stream())
                .anyMatch(Visit::began);
    }

    /** Start of the only page load of a trace that a server began, epoch milliseconds; null when that is not known. */
    @Nullable Long rootMs() {
        long rootMs = Stream.concat(replays.values().stream(), unnamed.values().stream())
                .mapToLong(Visit::rootMs)
                .min()
                .orElse(Long.MAX_VALUE);
        return beganInBrowser() || rootMs == Long.MAX_VALUE ? null : rootMs;
    }

    /**
     * The one replay of the user that this page load names. A recording that buffers names itself on none of its page
     * loads until it is sent, so these page loads and the replay belong to one visitor. A page load after one that
     * names the replay does not.
     */
    @Nullable Id ofSameUser(Visit root) {
        List<Visit> same = replays.values().stream()
                .filter(replay -> replay.users().stream().anyMatch(root.users()::contains))
                .toList();
        if (same.size() != 1) {
            return null;
        }
        Visit only = same.get(0);
        return only.named() && only.rootMs() <= root.rootMs() ? null : only.replay();
    }

    /**
     * The replay of the user whom all page loads among these visits name; null where one leads to another replay, or to
     * none. Two users with a common address have no common replay.
     */
    @Nullable Id ofOneUser(List<Visit> visits) {
        Set<Optional<Id>> found = visits.stream()
                .map(visit -> Optional.ofNullable(visit.replay() == null ? ofSameUser(visit) : visit.replay()))
                .collect(Collectors.toSet());
        boolean hasPage = visits.stream().anyMatch(visit -> visit.replay() == null);
        return hasPage && found.size() == 1 ? found.iterator().next().orElse(null) : null;
    }

    /** The page load that names no replay; null when no such is known. */
    @Nullable Visit unnamed(long root) {
        return unnamed.get(root);
    }

    /** All visits that name the same user, or, where one side names none, the same address. */
    List<Visit> ofUser(@Nullable Long user, @Nullable Long address) {
        List<Visit> all = all();
        List<Visit> same = naming(all, user, Visit::users);
        if (!same.isEmpty()) {
            return same;
        }
        List<Visit> nameless = user == null
                ? all
                : all.stream().filter(visit -> visit.users().isEmpty()).toList();
        return naming(nameless, address, Visit::addresses);
    }

    /** The replays that name this user; of a crowded trace only these are known. */
    List<Visit> recordedOf(@Nullable Long user) {
        return naming(List.copyOf(replays.values()), user, Visit::users);
    }

    private static List<Visit> naming(
            List<Visit> visits, @Nullable Long name, Function<Visit, NavigableSet<Long>> names) {
        return name == null
                ? List.of()
                : visits.stream()
                        .filter(visit -> names.apply(visit).contains(name))
                        .toList();
    }

    List<Visit> replays() {
        return List.copyOf(replays.values());
    }

    /** Replays first, then page loads that name none. */
    List<Visit> all() {
        List<Visit> all = new ArrayList<>(replays.values());
        all.addAll(unnamed.values());
        return all;
    }
}
