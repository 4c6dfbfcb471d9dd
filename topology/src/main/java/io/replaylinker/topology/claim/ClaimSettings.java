package io.replaylinker.topology.claim;

import io.replaylinker.schemas.Method;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which methods may link.
 *
 * @param methods for every project that has no entry of its own
 * @param byProject project id to the methods that may link there; an empty set disables linking for the project
 */
public record ClaimSettings(Set<Method> methods, Map<Long, Set<Method>> byProject) {

    public ClaimSettings {
        methods = Set.copyOf(methods);
        byProject = Map.copyOf(byProject);
        if (methods.contains(Method.UNKNOWN)
                || byProject.values().stream().anyMatch(set -> set.contains(Method.UNKNOWN))) {
            throw new IllegalArgumentException("UNKNOWN is no method");
        }
    }

    /** All methods, everywhere. */
    public static ClaimSettings defaults() {
        return new ClaimSettings(EnumSet.complementOf(EnumSet.of(Method.UNKNOWN)), Map.of());
    }

    /** Whether events of a project may be linked by a method. */
    public boolean allows(Method method, long projectId) {
        return byProject.getOrDefault(projectId, methods).contains(method);
    }
}
