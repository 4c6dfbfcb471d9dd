package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.UnlinkedReason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which links are right by looking at all of a history at once: slow, obvious, and sharing no code with the join. A full look
 * gives the verdict; what is left to say here is which facts come within an event's wait, which after it, and what those still change.
 */
public final class Oracle {

    /** What may go on while a history is read. */
    enum Trouble {
        /** Confirm hears late that a choice was taken back, and may have given a reason of its own until then. */
        CONFIRM_LAGS
    }

    private final List<Fact> facts;
    private final Set<Trouble> troubles;
    private final Map<String, Expected> expected = new TreeMap<>();

    /**
     * Judges all events of a history.
     *
     * @param history events and segments whose records have the timestamp of their receipt and fit into one wait; or arrivals
     */
    public Oracle(List<Object> history) {
        this(history, new Trouble[0]);
    }

    /** Judges all events of a history. */
    Oracle(List<Object> history, Trouble... troubles) {
        this.facts = history.stream().map(Oracle::arrival).map(Fact::of).toList();
        this.troubles = Set.of(troubles);
        for (Fact fact : facts) {
            if (fact instanceof Fact.Event event) {
                expected.computeIfAbsent(event.key(), key -> judge(event));
            }
        }
    }

    /** Event, as project and id, to its link, where there is but one possibility. */
    public Map<String, String> links() {
        Map<String, String> links = new TreeMap<>();
        expected.forEach((event, all) -> {
            if (all.isLink()) {
                links.put(event, all.links().iterator().next());
            }
        });
        return links;
    }

    /** Event, as project and id, to the reason for having no link, where there is but one possibility. */
    public Map<String, UnlinkedReason> unlinked() {
        Map<String, UnlinkedReason> reasons = new TreeMap<>();
        expected.forEach((event, all) -> {
            if (!all.isOpen() && !all.isLink() && !all.silent() && all.reasons().size() == 1) {
                reasons.put(event, all.reasons().iterator().next());
            }
        });
        return reasons;
    }

    /** Event, as project and id, to all that may be told of it. */
    Map<String, Expected> expected() {
        return expected;
    }

    /** Each event that was told something else than what is right, a line an event. */
    List<String> differences(Map<String, String> links, Map<String, UnlinkedReason> reasons) {
        List<String> differences = new ArrayList<>();
        expected.forEach((event, right) -> {
            String link = links.get(event);
            UnlinkedReason reason = reasons.get(event);
            if (!right.allows(link, reason)) {
                differences.add(
                        "event " + event + " was told " + (link == null ? reason : link) + ", right is " + right);
            }
        });
        links.keySet().stream()
                .filter(event -> !expected.containsKey(event))
                .forEach(event -> differences.add("event " + event + " does not exist"));
        return differences.stream().map(line -> line.replaceAll("\\b0{8,}", "")).toList();
    }

    private static Arrival arrival(Object record) {
        if (record instanceof BackendEvent event) {
            return new Arrival(record, event.getReceivedMs(), 0, 0, 0);
        }
        return record instanceof ReplaySegment segment
                ? new Arrival(record, segment.getReceivedMs(), 0, 0, 0)
                : (Arrival) record;
    }

    private Expected judge(Fact.Event event) {
        if (event.replay() == null && event.trace() == null) {
            return new Expected(Set.of(Expected.NONE), Set.of(), true);
        }
        int era = event.arrival().era();
        List<Fact> before =
                facts.stream().filter(fact -> fact.arrival().era() < era).toList();
        List<Fact> all =
                facts.stream().filter(fact -> fact.arrival().era() == era).toList();
        Wait wait = Wait.of(event, all);
        if (isDeleted(event, wait.inTime())) {
            return new Expected(Set.of(Expected.NONE), Set.of(), true);
        } else if (isDeleted(event, all)) {
            return new Expected(Set.of(Expected.NONE), EnumSet.allOf(UnlinkedReason.class), true);
        }
        return judge(event, before, wait);
    }

    private static boolean isDeleted(Fact.Event event, List<Fact> among) {
        return among.stream()
                .anyMatch(fact ->
                        fact instanceof Fact.Deletion deletion && deletion.key().equals(event.key()));
    }

    private Expected judge(Fact.Event event, List<Fact> before, Wait wait) {
        List<FullLook.Choice> choices = choices(event, before, wait);
        FullLook inTheEnd = new FullLook(before, wait.and(wait.afterwards()));
        Set<String> links = new HashSet<>();
        for (FullLook.Choice choice : choices) {
            String link = inTheEnd.verdict(event, choice).link();
            links.add(link == null ? Expected.NONE : link);
        }
        Set<UnlinkedReason> reasons = EnumSet.noneOf(UnlinkedReason.class);
        if (event.method().equals("FLAG") && (!wait.isSettled() || !troubles.isEmpty())) {
            // Confirm may speak before it hears that the choice was taken back.
            reasons.addAll(EnumSet.allOf(UnlinkedReason.class));
        } else if (links.contains(Expected.NONE)) {
            for (int read = 0; read <= wait.afterwards().size(); read++) {
                List<Fact> known = wait.and(wait.afterwards().subList(0, read));
                reasons.addAll(reasons(event, choices, new FullLook(before, known)));
            }
        }
        return new Expected(links, reasons, event.method().equals("TRACE"));
    }

    /** What may be told at a moment, by whichever step speaks. */
    private static Set<UnlinkedReason> reasons(Fact.Event event, List<FullLook.Choice> choices, FullLook look) {
        return Stream.concat(choices.stream(), Stream.of(look.choose(event)))
                .map(choice -> look.verdict(event, choice).reason())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Which replays an event may have been given when its choice became final: before, between or after what is not in time. */
    private static List<FullLook.Choice> choices(Fact.Event event, List<Fact> before, Wait wait) {
        FullLook.Choice first = new FullLook(before, wait.inTime()).choose(event);
        if (event.replay() != null || (wait.isSettled() && isFinal(event, first))) {
            return List.of(first);
        }
        List<FullLook.Choice> choices = new ArrayList<>();
        int all = wait.afterwards().size();
        for (int read = wait.isSettled() ? all : 0; read <= all; read++) {
            List<Fact> known = wait.and(wait.afterwards().subList(0, read));
            FullLook.Choice choice = new FullLook(before, known).choose(event);
            if (read == all || isFinal(event, choice)) {
                choices.add(choice);
            }
        }
        return choices;
    }

    /** Once its wait is over, the choice stands; and who claims nothing is not thought of any more. Others go on to look for theirs. */
    private static boolean isFinal(Fact.Event event, FullLook.Choice choice) {
        return choice.replay() != null || event.method().equals("TRACE");
    }
}
