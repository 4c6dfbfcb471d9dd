package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.List;

/** What comes when an event's wait may be over or not: any part of it may have been known before. */
final class Late {

    private static final int MOST = 6;

    private Late() {}

    /** What can change the choice of a replay: by the trace, or by what it says of an organization. */
    static List<Fact> telling(Fact.Event event, Wait wait) {
        return wait.afterwards().stream()
                .filter(fact -> tells(fact, event, wait.inTime()))
                .toList();
    }

    private static boolean tells(Fact fact, Fact.Event event, List<Fact> known) {
        String trace = String.valueOf(event.trace());
        if (fact instanceof Fact.Segment segment) {
            return segment.traces().contains(trace);
        }
        return fact instanceof Fact.Event other
                && ((other.replay() != null && trace.equals(other.trace())) || isNewOrganization(other, known));
    }

    private static boolean isNewOrganization(Fact.Event event, List<Fact> known) {
        return known.stream()
                .noneMatch(fact -> fact instanceof Fact.Event other
                        && other.project() == event.project()
                        && other.organization() == event.organization());
    }

    /** All of them; where there are very many facts, neighbours go together. */
    static List<List<Fact>> subsets(List<Fact> facts) {
        List<List<Fact>> subsets = new ArrayList<>();
        int groups = Math.min(facts.size(), MOST);
        for (int bits = 0; bits < 1 << groups; bits++) {
            List<Fact> subset = new ArrayList<>();
            for (int fact = 0; fact < facts.size(); fact++) {
                int group = fact * groups / facts.size();
                if ((bits >> group & 1) == 1) {
                    subset.add(facts.get(fact));
                }
            }
            subsets.add(subset);
        }
        return subsets;
    }
}
