package io.replaylinker.topology.join;

import java.util.ArrayList;
import java.util.List;

/** When which row is due. Walked from the earliest in chunks of bounded size, by the join's own clock. */
final class Deadlines {

    private final Rows rows;

    Deadlines(Rows rows) {
        this.rows = rows;
    }

    void add(long atMs, byte[] rowKey) {
        rows.put(Keys.of(Keys.DEADLINE, Math.max(0, atMs), rowKey), Keys.NOTHING);
    }

    /**
     * Takes what is due out of the list.
     *
     * @return keys of the rows that are due before the given time, earliest first, at most so many
     */
    List<byte[]> takeDue(long nowMs, int atMost) {
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
