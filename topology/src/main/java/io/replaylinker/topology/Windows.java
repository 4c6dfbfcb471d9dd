package io.replaylinker.topology;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes all waiting at the end of a bounded run, and knows when every step has done so. Shared by all tasks. */
final class Windows {

    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    void opened(Object step) {
        open.add(step);
    }

    /** The step has nothing left that waits, or has moved to another worker. */
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
