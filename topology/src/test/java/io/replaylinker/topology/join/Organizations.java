package io.replaylinker.topology.join;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which organizations there are, as a full look at all events and spans gives it. */
final class Organizations {

    /** How an event and a project stand to each other. */
    enum Relation {
        OWN,
        UNKNOWN,
        FOREIGN
    }

    private final Map<Long, Long> ofProjects = new HashMap<>();
    private final Set<Long> everSeen = new HashSet<>();

    void learn(Fact fact) {
        if (fact instanceof Fact.Event event) {
            learn(event.project(), event.organization());
        } else if (fact instanceof Fact.Edge edge) {
            learn(edge.project(), edge.organization());
        }
    }

    private void learn(long project, long organization) {
        if (organization > 0) {
            ofProjects.merge(project, organization, Math::min);
            everSeen.add(organization);
        }
    }

    Relation relation(Fact.Event event, long organization) {
        if (organization == 0 || event.organization() == 0) {
            return everSeen.size() <= 1 ? Relation.OWN : Relation.UNKNOWN;
        }
        return organization == event.organization() ? Relation.OWN : Relation.FOREIGN;
    }

    /** A replay's segments name no organization. */
    Relation relationToProject(Fact.Event event, long project) {
        return relation(event, ofProjects.getOrDefault(project, 0L));
    }
}
