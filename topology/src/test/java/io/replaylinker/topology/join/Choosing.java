package io.replaylinker.topology.join;

import io.replaylinker.topology.join.FullLook.Choice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says which replays an event may have been given when its choice became final: one, except where that hangs on the moment at which
 * its wait ended, or at which spans were forgotten.
 */
final class Choosing {

    private final Fact.Event event;
    private final List<Fact> before;
    private final List<Fact> era;
    private final Wait wait;

    /**
     * An event among facts.
     *
     * @param before the facts of earlier eras
     * @param era those of its own
     */
    Choosing(Fact.Event event, List<Fact> before, List<Fact> era) {
        this.event = event;
        this.before = before;
        this.era = era;
        this.wait = Wait.of(event, era);
    }

    Wait itsWait() {
        return wait;
    }

    /** A look at what was known when so many of the facts after its wait had been read. */
    List<FullLook> looks(int read) {
        List<Fact> known = wait.and(wait.afterwards().subList(0, read));
        int at = read == 0
                ? event.arrival().takenIn()
                : Math.max(
                        event.arrival().takenIn(),
                        wait.afterwards().get(read - 1).arrival().takenIn());
        List<FullLook> looks = new ArrayList<>();
        // Where a path led once is remembered when its spans are not.
        int first = read == 0 ? firstLive(at) : at / Story.EPOCHS_OF_ERA * Story.EPOCHS_OF_ERA;
        for (int from = first; from <= at; from++) {
            looks.add(new FullLook(before, known, from, false));
            if (from > at / Story.EPOCHS_OF_ERA * Story.EPOCHS_OF_ERA) {
                looks.add(new FullLook(before, known, from, true));
            }
        }
        return looks;
    }

    /** The epoch whose spans may still count in this one, because the clock of the replay side stands still since. */
    private int firstLive(int at) {
        int from = at;
        while (from % Story.EPOCHS_OF_ERA > 0 && isReplaySideHeld(from - 1)) {
            from--;
        }
        return from;
    }

    private boolean isReplaySideHeld(int epoch) {
        return era.stream()
                .anyMatch(fact -> fact instanceof Fact.Segment
                        && fact.arrival().epoch() <= epoch
                        && fact.arrival().takenIn() > epoch);
    }

    /** Whether spans of its traces were read while the clock of the replay side made a leap, or too many of anything. */
    boolean isUnclear() {
        Set<String> traces = FullLook.lookups(event).keySet();
        if (event.replay() != null || traces.isEmpty() || isAlwaysNamed()) {
            return false;
        }
        boolean leaps = era.stream().anyMatch(fact -> isSpanOf(traces, fact) && leaps(fact.arrival()));
        return leaps || looks(wait.afterwards().size()).get(0).isNearlyCrowded(event);
    }

    /** One recorder names it at every moment at which its choice may become final, so that its traces count for nothing. */
    private boolean isAlwaysNamed() {
        return event.recorded()
                && IntStream.rangeClosed(0, wait.afterwards().size())
                        .allMatch(read -> looks(read).stream().allMatch(look -> look.byRecorder(event) != null));
    }

    private boolean leaps(Arrival arrival) {
        return arrival.epoch() < arrival.takenIn()
                && era.stream()
                        .anyMatch(fact -> fact instanceof Fact.Segment
                                && fact.arrival().epoch() < arrival.takenIn()
                                && fact.arrival().takenIn() == arrival.takenIn());
    }

    private boolean isSpanOf(Set<String> traces, Fact fact) {
        if (fact instanceof Fact.Edge edge) {
            return traces.contains(edge.trace()) && edge.organization() == event.organization();
        }
        return fact instanceof Fact.Event other
                && other.call()
                && other.organization() == event.organization()
                && traces.contains(other.trace());
    }

    Set<Choice> choices() {
        Set<Choice> choices = new LinkedHashSet<>();
        Set<Choice> lookups = new LinkedHashSet<>();
        boolean several = FullLook.lookups(event).size() != 1 || event.recorded();
        boolean spans =
                era.stream().anyMatch(fact -> isSpanOf(FullLook.lookups(event).keySet(), fact));
        int all = wait.afterwards().size();
        for (int read = 0; read <= all; read++) {
            if (read == 0 || !wait.isSettled() || !several) {
                looks(read).forEach(look -> lookups.add(look.byLookups(event)));
            }
            Set<Choice> now = now(several ? lookups : null, looks(read));
            boolean last = read == all || event.replay() != null;
            boolean isFinal = wait.isSettled() && read == 0 && now.stream().allMatch(this::isFinal);
            for (Choice choice : now) {
                boolean mayHold = isFinal(choice) && (read == 0 || !wait.isSettled());
                // Spans are forgotten while the event is remembered, so that an earlier look may be the last one that
                // counts.
                if (last || isFinal || spans || mayHold) {
                    choices.add(choice);
                }
            }
            if (last || isFinal) {
                return choices;
            }
        }
        return choices;
    }

    private Set<Choice> now(@Nullable Set<Choice> lookups, List<FullLook> looks) {
        Set<Choice> now = new LinkedHashSet<>();
        for (FullLook look : looks) {
            Choice named = look.byRecorder(event);
            if (event.replay() != null || lookups == null || named != null) {
                now.add(look.choose(event));
            } else {
                now.addAll(lookups);
            }
        }
        return now;
    }

    /** Once its wait is over, the choice stands; and who claims nothing is not thought of any more. Others go on to look for theirs. */
    private boolean isFinal(Choice choice) {
        return choice.replay() != null || !event.claims();
    }
}
