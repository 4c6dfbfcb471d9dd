package io.replaylinker.benchmarks.tables;

import java.util.ArrayList;
import java.util.List;

/** The rows of the table once more into the same table, with the same views behind it, as bytes that nobody has to make. */
final class RawRate {

    private static final int BATCH_ROWS = 10_000;

    private final RawTable server;
    private final String database;
    private final String columns;
    private final List<byte[]> batches = new ArrayList<>();
    private long rows;

    /** Reads all rows of {@code replay_links} into memory, in batches of the size that the sink makes. */
    RawRate(RawTable server, String database) {
        this.server = server;
        this.database = database;
        this.columns = server.text("SELECT arrayStringConcat(groupArray('`' || name || '`'), ',') FROM system.columns"
                + " WHERE database = '" + database + "' AND table = 'replay_links' AND default_kind = ''");
        this.rows = server.number("SELECT count() FROM " + table());
        long parts = Math.max(1, rows / BATCH_ROWS);
        for (long part = 0; part < parts; part++) {
            batches.add(server.bytes("SELECT " + columns + " FROM " + table() + " WHERE cityHash64(replay_id) % "
                    + parts + " = " + part + " FORMAT RowBinary"));
        }
    }

    long rows() {
        return rows;
    }

    /**
     * Inserts them all, one batch after the other.
     *
     * @return nanoseconds
     */
    long nanos() {
        long startedNanos = System.nanoTime();
        batches.forEach(
                batch -> server.insert("INSERT INTO " + table() + " (" + columns + ") FORMAT RowBinary", batch));
        return System.nanoTime() - startedNanos;
    }

    private String table() {
        return "`" + database + "`.replay_links";
    }
}
