package io.replaylinker.topology.join;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events that were deleted at their source. A deletion names neither trace nor replay, so its event is searched for by
 * a scan of all events, some rows at a time. An index would cost every event a row for the sake of the few that are
 * deleted.
 */
final class Tombstones {

    private static final byte[] EVENTS = Keys.table(Keys.EVENT);

    private final Rows rows;
    private final Timers timers;
    private final Duration memory;
    /** To be searched for by the next scan. */
    private final Set<byte[]> fresh = new TreeSet<>(Arrays::compareUnsigned);
    /** Searched for by the current scan. */
    private final Set<byte[]> wanted = new TreeSet<>(Arrays::compareUnsigned);

    private Rows.@Nullable Walk walk;
    private boolean some;

    Tombstones(Rows rows, Timers timers, Duration memory) {
        this.rows = rows;
        this.timers = timers;
        this.memory = memory;
    }

    void add(Tombstone tombstone) {
        byte[] key = Keys.tombstone(tombstone.projectId(), tombstone.eventId());
        if (rows.get(key) != null) {
            return;
        }
        rows.put(key, Keys.NOTHING);
        timers.add(timers.after(tombstone.seenMs(), memory), key);
        fresh.add(key);
        some = true;
    }

    /** Whether the event of this key was deleted. */
    boolean cover(byte[] eventKey) {
        return some && rows.get(Keys.tombstone(eventKey)) != null;
    }

    /**
     * Continues the search for deleted events.
     *
     * @param found receives each event to be retracted; its row is deleted afterwards
     * @return rows looked at; as many as allowed means that there are more
     */
    int lookFor(int atMost, Consumer<Rows.Row> found) {
        if (walk == null) {
            if (fresh.isEmpty()) {
                return 0;
            }
            wanted.addAll(fresh);
            fresh.clear();
            walk = rows.walk(EVENTS);
        }
        List<Rows.Row> events = walk.take(atMost);
        for (Rows.Row event : events) {
            if (wanted.contains(Keys.tombstone(event.key()))) {
                found.accept(event);
                rows.delete(event.key());
            }
        }
        if (events.size() < atMost) {
            wanted.clear();
            walk = null;
        }
        return events.size();
    }
}
