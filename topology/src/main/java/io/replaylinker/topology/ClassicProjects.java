package io.replaylinker.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Projects whose transactions are read from a topic of their own. The spans of these transactions are on the span
 * stream too, and are skipped there. Kept in memory and shared by all tasks. Until a project's first transaction is
 * read, both are read, and are one event by their common id.
 */
final class ClassicProjects {

    /**
     * Beyond any installation. For further projects the spans of classic transactions are read as well, at their cost.
     */
    private static final int MOST = 100_000;

    private final Set<Long> projects = ConcurrentHashMap.newKeySet();

    void add(long project) {
        if (projects.size() < MOST) {
            projects.add(project);
        }
    }

    boolean has(long project) {
        return projects.contains(project);
    }
}
