package io.replaylinker.topology.join;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * When which row is due. Walked from the earliest in chunks of bounded size, by the join's own clock. Every deadline stands in its row
 * too, so the list needs no changelog: a start makes it anew.
 *
 * <p>Nothing that was told may be forgotten before it is safe on its topic. So what is due is told first and closed later, when all
 * that was told is known to be written; a crash in between has it come due again.
 */
final class Deadlines {

    private static final byte[] ALL = {};
    private static final byte[] CLOCK = Keys.table(Keys.CLOCK);
    /** The end of a bounded run, which is no time: the run may start anew. */
    private static final long END = Long.MAX_VALUE;
    /** Their keys, of about 60 bytes each, are on the heap. */
    private static final int MOST_TOLD = 100_000;

    /** Deadlines on the heap until they are packed; they come one by one, and a row in the store for each would cost more than the rest of it. */
    private static final int MOST_FRESH = 1_000;

    private static final int MOST_IN_PACK = 64;
    /** A pack is opened when its first deadline is due, and what is left of it packed again. */
    private static final long LONGEST_PACK_MS = 1_000;

    private final Rows rows;
    /** Packs, by their first deadline and a number. */
    private final Rows packs;

    private long packed;
    private final List<Deadline> fresh = new ArrayList<>();
    /** Nothing is listed before it. A walk from the very beginning would pass over all that was deleted there. */
    private byte[] first = ALL;

    private final Unsettled told = new Unsettled();
    private final Recently recently = new Recently();
    /** To be listed again at the next settle. */
    private final List<Deadline> later = new ArrayList<>();

    private long expiredUntilMs = Long.MIN_VALUE;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Deadline(long atMs, byte[] rowKey) {

        int bytes() {
            return Long.BYTES + 1 + rowKey.length;
        }
    }

    /**
     * Makes the list anew, and reads every row once for that.
     *
     * @param packs what an earlier life left in it is dropped
     * @param rows of the step
     * @param events is given the row of each event, without its key, for what else a start has to know of them
     */
    Deadlines(Rows packs, KnownRows rows, Consumer<byte[]> events) {
        this.packs = packs;
        this.rows = rows;
        packs.each(ALL, ALL, pack -> packs.delete(pack.key()));
        rows.readAll(row -> {
            if (Keys.hasDeadline(row.key())) {
                add(RowHead.dueMs(row.value()), row.key());
                if (row.key()[0] == Keys.EVENT) {
                    events.accept(row.value());
                }
            } else if (Arrays.equals(row.key(), CLOCK)) {
                expiredUntilMs = ByteBuffer.wrap(row.value()).getLong();
            }
        });
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
        fresh.add(new Deadline(Math.max(0, atMs), rowKey));
        if (fresh.size() >= MOST_FRESH) {
            pack();
        }
    }

    private void pack() {
        fresh.sort(Comparator.comparingLong(Deadline::atMs));
        int from = 0;
        for (int to = 1; to <= fresh.size(); to++) {
            boolean complete = to == fresh.size()
                    || to - from == MOST_IN_PACK
                    || fresh.get(to).atMs() - fresh.get(from).atMs() > LONGEST_PACK_MS;
            if (complete) {
                pack(fresh.subList(from, to));
                from = to;
            }
        }
        fresh.clear();
    }

    private void pack(List<Deadline> deadlines) {
        ByteBuffer pack =
                ByteBuffer.allocate(deadlines.stream().mapToInt(Deadline::bytes).sum());
        for (Deadline deadline : deadlines) {
            pack.putLong(deadline.atMs()).put((byte) deadline.rowKey().length).put(deadline.rowKey());
        }
        byte[] key = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(deadlines.get(0).atMs())
                .putLong(packed++)
                .array();
        packs.put(key, pack.array());
        if (Arrays.compareUnsigned(key, first) < 0) {
            first = key;
        }
    }

    /** When the first is due that may be taken out, epoch milliseconds; {@link Long#MAX_VALUE} for none. */
    long nextDueMs() {
        pack();
        try (Rows.Cursor all = packs.from(first, ALL)) {
            return all.hasNext() ? ByteBuffer.wrap(all.next().key()).getLong() : END;
        }
    }

    /**
     * Takes what is due out of the list, earliest first, unless too much waits to be closed.
     *
     * @param action is given the rows that are due before the given time, key and value
     * @return deadlines taken, at most as many as allowed
     */
    int eachDue(long nowMs, int atMost, BiConsumer<byte[], byte[]> action) {
        if (told.size() + later.size() >= MOST_TOLD) {
            return 0;
        }
        advance(nowMs);
        List<byte[]> due = takeDue(nowMs, atMost);
        eachLeft(due, action);
        return due.size();
    }

    /** Kept in a row, so that what comes late after a start waits no less than it would have before. */
    private void advance(long nowMs) {
        if (nowMs <= expiredUntilMs) {
            return;
        }
        expiredUntilMs = nowMs;
        if (nowMs != END) {
            rows.put(CLOCK, ByteBuffer.allocate(Long.BYTES).putLong(nowMs).array());
        }
    }

    private List<byte[]> takeDue(long nowMs, int atMost) {
        pack();
        List<byte[]> due = new ArrayList<>();
        List<byte[]> opened = new ArrayList<>();
        try (Rows.Cursor all = packs.from(first, ALL)) {
            while (due.size() < atMost && all.hasNext()) {
                Rows.Row pack = all.next();
                if (ByteBuffer.wrap(pack.key()).getLong() >= nowMs) {
                    break;
                }
                open(pack.value(), nowMs, atMost, due);
                opened.add(pack.key());
            }
        }
        if (!opened.isEmpty()) {
            opened.forEach(packs::delete);
            first = Keys.after(opened.get(opened.size() - 1));
        }
        return due;
    }

    private void open(byte[] pack, long nowMs, int atMost, List<byte[]> due) {
        ByteBuffer in = ByteBuffer.wrap(pack);
        while (in.hasRemaining()) {
            long atMs = in.getLong();
            byte[] rowKey = new byte[in.get()];
            in.get(rowKey);
            if (atMs < nowMs && due.size() < atMost) {
                due.add(rowKey);
            } else {
                fresh.add(new Deadline(atMs, rowKey));
            }
        }
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
        later.add(new Deadline(Math.max(0, dueMs), rowKey));
        return false;
    }

    /** The verdict on the row was told; it is to be closed when that is safe. */
    void told(byte[] rowKey) {
        told.add(rowKey);
    }

    /**
     * What was told before the last call is safe by now.
     *
     * @param action is given the rows that are to be closed, key and value
     */
    void settle(BiConsumer<byte[], byte[]> action) {
        recently.settle();
        later.forEach(deadline -> add(deadline.atMs(), deadline.rowKey()));
        later.clear();
        eachLeft(told.settle(), action);
    }

    private void eachLeft(List<byte[]> keys, BiConsumer<byte[], byte[]> action) {
        for (byte[] key : keys) {
            byte[] row = rows.get(key);
            if (row != null) {
                action.accept(key, row);
            }
        }
    }
}
