package io.replaylinker.topology.join;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When which row is due. Walked from the earliest in chunks of bounded size, by the join's own clock. */
final class Deadlines {

    private final Rows rows;
    private long expiredUntilMs = Long.MIN_VALUE;

    Deadlines(Rows rows) {
        this.rows = rows;
    }

    /**
     * Has a row due so long after a moment; if expiry has passed that moment already, so long after now. What comes late, from a
     * queue that stood still or out of an archive, then waits as long as everything else.
     */
    void addAfter(long momentMs, Duration duration, byte[] rowKey) {
        long fromMs = Math.max(momentMs, Math.min(expiredUntilMs, Long.MAX_VALUE - duration.toMillis()));
        addAt(fromMs + duration.toMillis(), rowKey);
    }

    void addAt(long atMs, byte[] rowKey) {
        rows.put(Keys.of(Keys.DEADLINE, Math.max(0, atMs), rowKey), Keys.NOTHING);
    }

    /**
     * Takes what is due out of the list.
     *
     * @return keys of the rows that are due before the given time, earliest first, at most so many
     */
    List<byte[]> takeDue(long nowMs, int atMost) {
        expiredUntilMs = Math.max(expiredUntilMs, nowMs);
        List<byte[]> deadlines = new ArrayList<>();
        try (Rows.Cursor all = rows.prefix(Keys.table(Keys.DEADLINE))) {
            while (deadlines.size() < atMost && all.hasNext()) {
                byte[] key = all.next().key();
                if (Keys.number(key) >= nowMs) {
                    break;
                }
                deadlines.add(key);
            }
        }
        deadlines.forEach(rows::delete);
        return deadlines.stream().map(Keys::rowKey).toList();
    }
}
