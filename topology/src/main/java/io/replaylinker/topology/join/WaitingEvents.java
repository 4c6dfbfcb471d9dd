package io.replaylinker.topology.join;

import java.util.TreeMap;

/**
 * How many events of a step wait for their replay, and since when. They are counted as they come and go, because a scan
 * of millions of rows would be too slow. Counts are kept by the end of the wait, accurate to some seconds. An entry
 * whose end has passed is dropped by itself, so only events that are linked or deleted earlier have to be noted.
 */
final class WaitingEvents {

    private static final long SLOT_MS = 5_000;

    private final TreeMap<Long, Integer> slots = new TreeMap<>();
    private long events;

    /**
     * Notes a change of an event.
     *
     * @param before whether it waited
     * @param now whether it waits
     * @param expiryMs end of its wait
     */
    void changed(boolean before, boolean now, long expiryMs) {
        if (!before && now) {
            slots.merge(slot(expiryMs), 1, Integer::sum);
            events++;
        } else if (before && !now && slots.containsKey(slot(expiryMs))) {
            slots.computeIfPresent(slot(expiryMs), (slot, some) -> some > 1 ? some - 1 : null);
            events--;
        }
    }

    /**
     * The events that wait now.
     *
     * @param expiredUntilMs events that were due before this time wait no longer
     */
    Waiting at(long expiredUntilMs) {
        while (!slots.isEmpty() && slots.firstKey() < slot(expiredUntilMs)) {
            events -= slots.pollFirstEntry().getValue();
        }
        return slots.isEmpty() ? Waiting.NOBODY : new Waiting(events, slots.firstKey() * SLOT_MS);
    }

    private static long slot(long expiryMs) {
        return Math.floorDiv(expiryMs, SLOT_MS);
    }
}
