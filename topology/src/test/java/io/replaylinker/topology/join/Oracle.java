package io.replaylinker.topology.join;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.topology.join.FullLook.Choice;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says which links are right by looking at all of a history at once: slow, obvious, and sharing no code with the join. A full look
 * gives the choice, the confirmation the verdict; what is left to say here is which facts come within an event's wait, which after it,
 * and what those still change.
 */
public final class Oracle {

    /** What may go on while a history is read. */
    enum Fault {
        /** Confirm hears late that a choice was taken back, and may have given a reason of its own until then. */
        CONFIRM_LAGS
    }

    private final List<Fact> facts;
    private final Set<Fault> faults;
    private final Map<String, Choosing> choosing = new HashMap<>();
    private final Map<String, Set<Choice>> choices = new HashMap<>();
    private final Map<String, Expected> expected = new TreeMap<>();

    /**
     * Judges all events of a history.
     *
     * @param history events, spans and segments whose records have the timestamp of their receipt and fit into one wait; or arrivals
     */
    public Oracle(List<Object> history) {
        this(history, new Fault[0]);
    }

    /** Judges all events of a history. */
    Oracle(List<Object> history, Fault... faults) {
        this.facts = history.stream().map(Oracle::arrival).map(Facts::of).toList();
        this.faults = Set.of(faults);
        List<Fact.Event> events = facts.stream()
                .filter(Fact.Event.class::isInstance)
                .map(Fact.Event.class::cast)
                .toList();
        for (Fact.Event event : events) {
            if (!choices.containsKey(event.key())) {
                choices.put(
                        event.key(),
                        isUnclear(event) ? Set.of() : choosing(event).choices());
            }
        }
        events.forEach(event -> expected.computeIfAbsent(event.key(), key -> judge(event)));
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

    /** Event, as project and id, to all that may be emitted of it. */
    Map<String, Expected> expected() {
        return expected;
    }

    /** Each event of which something else was emitted than what is right, a line an event. */
    public List<String> differences(Map<String, String> links, Map<String, UnlinkedReason> reasons) {
        List<String> differences = new ArrayList<>();
        expected.forEach((event, right) -> {
            String link = links.get(event);
            UnlinkedReason reason = reasons.get(event);
            if (!right.allows(link, reason)) {
                differences.add("event " + event + " has " + (link == null ? reason : link) + ", right is " + right);
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
        } else if (record instanceof Span span) {
            return new Arrival(record, span.getReceivedMs(), 0, 0, 0);
        }
        return record instanceof ReplaySegment segment
                ? new Arrival(record, segment.getReceivedMs(), 0, 0, 0)
                : (Arrival) record;
    }

    private Choosing choosing(Fact.Event event) {
        return choosing.computeIfAbsent(
                event.key(),
                key -> new Choosing(
                        event,
                        facts.stream()
                                .filter(fact ->
                                        fact.arrival().era() < event.arrival().era())
                                .toList(),
                        eraOf(event)));
    }

    private List<Fact> eraOf(Fact.Event event) {
        return facts.stream()
                .filter(fact -> fact.arrival().era() == event.arrival().era())
                .toList();
    }

    private boolean isUnclear(Fact.Event event) {
        return choosing(event).isUnclear();
    }

    private Expected judge(Fact.Event event) {
        if (event.replay() == null
                && !event.recorded()
                && FullLook.lookups(event).isEmpty()) {
            return new Expected(Set.of(Expected.NONE), Set.of(UnlinkedReason.NO_EVIDENCE), !event.isBackendError());
        }
        if (isDeleted(event, choosing(event).itsWait().inTime())) {
            return new Expected(Set.of(Expected.NONE), Set.of(), true);
        } else if (isDeleted(event, eraOf(event))) {
            return new Expected(Set.of(Expected.NONE), EnumSet.allOf(UnlinkedReason.class), true);
        }
        return isUnclear(event) ? Expected.anything() : judge(event, choosing(event));
    }

    private static boolean isDeleted(Fact.Event event, List<Fact> among) {
        return among.stream()
                .anyMatch(fact ->
                        fact instanceof Fact.Deletion deletion && deletion.key().equals(event.key()));
    }

    private Expected judge(Fact.Event event, Choosing choosing) {
        Set<Choice> all = choices.getOrDefault(event.key(), Set.of());
        int afterwards = choosing.itsWait().afterwards().size();
        FullLook inTheEnd = choosing.looks(afterwards).get(0);
        Set<String> links = new HashSet<>();
        for (Choice choice : all) {
            Confirmation confirmation = new Confirmation(event, choice, inTheEnd);
            for (boolean certain : new boolean[] {true, false}) {
                String link = confirmation
                        .verdict(ties(event, choice, certain, confirmation))
                        .link();
                links.add(link == null ? Expected.NONE : link);
            }
        }
        Reasons reasons = new Reasons(event);
        if (links.contains(Expected.NONE)) {
            for (int read = 0; read <= afterwards; read++) {
                addReasons(reasons, event, all, choosing.looks(read));
            }
        }
        boolean isAnybodysGuess = event.replay() == null && (!choosing.itsWait().isSettled() || !faults.isEmpty());
        return isAnybodysGuess ? reasons.ofAnyKind(links) : reasons.expected(links);
    }

    /** What may be emitted at a moment, by whichever step speaks. */
    private void addReasons(Reasons reasons, Fact.Event event, Set<Choice> all, List<FullLook> looks) {
        Set<Choice> some = new HashSet<>(all);
        looks.forEach(look -> some.add(look.choose(event)));
        for (Choice choice : some) {
            for (FullLook look : looks) {
                Confirmation confirmation = new Confirmation(event, choice, look);
                reasons.add(choice, confirmation.verdict(List.of()).reason());
                reasons.add(
                        choice,
                        confirmation
                                .verdict(ties(event, choice, false, confirmation))
                                .reason());
            }
        }
    }

    /**
     * All that nothing but this trace ties to the replay, as far as choices differ each with all that it may show.
     *
     * @param certain without what may or may not have been tied to it
     */
    private List<Confirmation.Tie> ties(Fact.Event event, Choice choice, boolean certain, Confirmation confirmation) {
        List<Confirmation.Tie> ties = new ArrayList<>();
        if (choice.onlyBy() == null) {
            return ties;
        }
        ties.add(Confirmation.Tie.of(event, choice));
        List<Fact> era = eraOf(event);
        for (Fact fact : era) {
            if (fact instanceof Fact.Event other
                    && other.organization() == event.organization()
                    && !(certain && (other.key().equals(event.key()) || isDeleted(other, era)))) {
                Set<Choice> all = choices.getOrDefault(other.key(), Set.of());
                List<Confirmation.Tie> some = ties(other, choice, certain, all);
                // Where choices differ, it is certain of none of them that it counts.
                if (!certain || some.stream().allMatch(confirmation::showsAnother)) {
                    ties.addAll(some);
                }
            }
        }
        return ties;
    }

    private static List<Confirmation.Tie> ties(Fact.Event other, Choice to, boolean certain, Set<Choice> all) {
        List<Confirmation.Tie> alike = all.stream()
                .filter(one -> isAlike(one, to))
                .map(one -> Confirmation.Tie.of(other, one))
                .toList();
        if (all.isEmpty()) {
            boolean may = !certain && FullLook.lookups(other).containsKey(to.onlyBy());
            return may ? List.of(Confirmation.Tie.of(other, to)) : List.of();
        }
        return certain && alike.size() < all.size() ? List.of() : alike;
    }

    private static boolean isAlike(Choice one, Choice other) {
        return one.onlyBy() != null
                && one.onlyBy().equals(other.onlyBy())
                && String.valueOf(one.replay()).equals(other.replay());
    }
}
