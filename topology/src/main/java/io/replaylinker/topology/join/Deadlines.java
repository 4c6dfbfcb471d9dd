package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When which row is due, in rows of their own: time, then the key of the row. Walked from the earliest in chunks of bounded size, by
 * the join's own clock. Every deadline stands in its row too, so the list needs no changelog: a start makes it anew.
 *
 * <p>Nothing that was told may be forgotten before it is safe on its topic. So what is due is told first and closed later, when all
 * that was told is known to be written; a crash in between has it come due again.
 */
final class Deadlines {

    private static final byte[] ALL = {};
    /** Their keys, of about 60 bytes each, are on the heap. */
    private static final int MOST_TOLD = 100_000;

    private final Rows deadlines;
    private List<byte[]> told = new ArrayList<>();
    private List<byte[]> toldBefore = new ArrayList<>();
    private final Recently recently = new Recently();
    /** Deadlines to be listed again. */
    private final List<byte[]> later = new ArrayList<>();
    /** Nothing is listed before it. A walk from the very beginning would pass over all that was deleted there. */
    private byte[] first = ALL;

    private long expiredUntilMs = Long.MIN_VALUE;

    /**
     * Makes the list anew.
     *
     * @param deadlines may hold deadlines of an earlier life
     * @param rows of the step
     */
    Deadlines(Rows deadlines, Rows rows) {
        this.deadlines = deadlines;
        for (byte table : Keys.WITH_DEADLINE) {
            try (Rows.Cursor all = rows.prefix(Keys.table(table))) {
                all.forEachRemaining(row -> add(RowHead.dueMs(row.value()), row.key()));
            }
        }
    }

    /** How far expiry has come, epoch milliseconds of the replay side. */
    long expiredUntilMs() {
        return expiredUntilMs;
    }

    /**
     * So long after a moment; if expiry has passed that moment already, so long after now. What comes late, from a queue that stood
     * still or out of an archive, then waits as long as everything else.
     */
    long after(long momentMs, Duration duration) {
        long fromMs = Math.max(momentMs, Math.min(expiredUntilMs, Long.MAX_VALUE - duration.toMillis()));
        return fromMs + duration.toMillis();
    }

    void add(long atMs, byte[] rowKey) {
        add(deadline(atMs, rowKey));
    }

    private void add(byte[] deadline) {
        deadlines.put(deadline, Keys.NOTHING);
        if (Arrays.compareUnsigned(deadline, first) < 0) {
            first = deadline;
        }
    }

    /**
     * Takes what is due out of the list.
     *
     * @return keys of the rows that are due before the given time, earliest first, at most so many
     */
    List<byte[]> takeDue(long nowMs, int atMost) {
        expiredUntilMs = Math.max(expiredUntilMs, nowMs);
        List<byte[]> due = new ArrayList<>();
        try (Rows.Cursor all = deadlines.from(first, ALL)) {
            while (due.size() < atMost && all.hasNext()) {
                byte[] deadline = all.next().key();
                if (ByteBuffer.wrap(deadline).getLong() >= nowMs) {
                    break;
                }
                due.add(deadline);
            }
        }
        due.forEach(deadlines::delete);
        if (!due.isEmpty()) {
            first = Keys.after(due.get(due.size() - 1));
        }
        return due.stream()
                .map(deadline -> Arrays.copyOfRange(deadline, Long.BYTES, deadline.length))
                .toList();
    }

    /** Something was told of the row, which must not go before that is safe. */
    void said(byte[] rowKey) {
        recently.told(rowKey);
    }

    /** Whether the row may go. If not, it comes due again later. */
    boolean mayGo(byte[] rowKey, long dueMs) {
        if (!recently.mayHaveTold(rowKey)) {
            return true;
        }
        later.add(deadline(dueMs, rowKey));
        return false;
    }

    /** The verdict on the row was told; it is to be closed when that is safe. */
    void told(byte[] rowKey) {
        told.add(rowKey);
    }

    /** Whether so much waits to be closed that nothing more should be told. */
    boolean isFull() {
        return told.size() + toldBefore.size() + later.size() >= MOST_TOLD;
    }

    /**
     * What was told before the last call is safe by now.
     *
     * @return keys of the rows that are to be closed
     */
    List<byte[]> settle() {
        recently.settle();
        later.forEach(this::add);
        later.clear();
        List<byte[]> safe = toldBefore;
        toldBefore = told;
        told = new ArrayList<>();
        return safe;
    }

    private static byte[] deadline(long atMs, byte[] rowKey) {
        return ByteBuffer.allocate(Long.BYTES + rowKey.length)
                .putLong(Math.max(0, atMs))
                .put(rowKey)
                .array();
    }
}
