package io.replaylinker.topology.claim;

import io.replaylinker.schemas.Method;
import java.util.Map;
import java.util.Set;

/**
 * Which kinds of claims count.
 *
 * @param methods for every project that has no entry of its own
 * @param byProject project id to the kinds that count there, an empty set switches the project off
 */
public record ClaimSettings(Set<Method> methods, Map<Long, Set<Method>> byProject) {

    public ClaimSettings {
        methods = Set.copyOf(methods);
        byProject = Map.copyOf(byProject);
        if (methods.contains(Method.UNKNOWN)
                || byProject.values().stream().anyMatch(set -> set.contains(Method.UNKNOWN))) {
            throw new IllegalArgumentException("UNKNOWN is no kind of claim");
        }
    }

    /** All kinds, everywhere. */
    public static ClaimSettings defaults() {
        return new ClaimSettings(Set.of(Method.REPLAY_ID, Method.FLAG, Method.TRACE), Map.of());
    }

    boolean allows(Method method, long projectId) {
        return byProject.getOrDefault(projectId, methods).contains(method);
    }
}
