package io.replaylinker.topology.join;

import java.util.TreeMap;

/**
 * How many events of a step wait for their replay, and since when: counted as they come and go, because nobody may go through
 * millions of rows to answer that. By the end of their wait, to some seconds; an entry whose end has passed goes by itself, so only what
 * is linked or deleted before has to be noted.
 */
final class WaitingEvents {

    private static final long SLOT_MS = 5_000;

    private final TreeMap<Long, Integer> slots = new TreeMap<>();
    private long events;

    /**
     * Takes note of what became of an event.
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
     * Who waits now.
     *
     * @param expiredUntilMs who was due before that waits no longer
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
