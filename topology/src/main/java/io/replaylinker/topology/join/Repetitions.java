package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was told again since the start. After a crash a busy key sends many inputs that come a second time, and the first of them
 * has all that follows from the others told again too.
 */
final class Repetitions {

    /** Ids of 16 bytes on the heap; one that is dropped is only told once more than needed. */
    private static final int MOST = 10_000;

    private final Map<Id, Boolean> toldAgain = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Id, Boolean> eldest) {
            return size() > MOST;
        }
    };

    boolean isFirst(Id key) {
        return toldAgain.putIfAbsent(key, true) == null;
    }
}
