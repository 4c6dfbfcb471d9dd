package io.replaylinker.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes all windows at the end of a bounded run, and tracks when every step has done so. Shared by all tasks. */
final class Windows {

    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void opened(Object step) {
        open.add(step);
    }

    /** The step has no waiting events left, or has moved to another worker. */
    void closed(Object step) {
        open.remove(step);
    }

    void close() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    boolean allClosed() {
        return closing && open.isEmpty();
    }
}
