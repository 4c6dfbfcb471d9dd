package io.replaylinker.local.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Puts the records of dumps into the order of their timestamps; equal ones stay in the order of the dumps. What does not fit on the heap
 * goes to sorted files, which are merged, so that a dump may be of any length: it takes its own size on the disk, and one open file for
 * each {@value #HEAP_BYTES} bytes of it.
 */
public final class TimeOrder {

    private static final long HEAP_BYTES = 64L << 20;
    /** Objects around the bytes of a record. */
    private static final int RECORD_OVERHEAD = 300;

    private final Path folder;
    private final long heapBytes;
    private final List<SortedRun> runs = new ArrayList<>();
    private final List<ProducerRecord<byte[], byte[]>> latest = new ArrayList<>();
    private long latestBytes;

    /** @param folder for the files; the caller deletes it */
    public TimeOrder(Path folder) {
        this(folder, HEAP_BYTES);
    }

    /** @param heapBytes about so much stays on the heap */
    TimeOrder(Path folder, long heapBytes) {
        this.folder = folder;
        this.heapBytes = heapBytes;
    }

    /**
     * Takes the next record of a dump.
     *
     * @param record with a timestamp
     * @throws IOException if the disk does not take it
     */
    public void add(ProducerRecord<byte[], byte[]> record) throws IOException {
        latest.add(record);
        latestBytes += bytes(record.key()) + bytes(record.value()) + RECORD_OVERHEAD;
        if (latestBytes >= heapBytes) {
            runs.add(SortedRun.write(folder.resolve("run-" + runs.size()), sortedLatest()));
            latest.clear();
            latestBytes = 0;
        }
    }

    private static int bytes(byte[] part) {
        return part == null ? 0 : part.length;
    }

    private List<ProducerRecord<byte[], byte[]>> sortedLatest() {
        latest.sort(Comparator.comparing(ProducerRecord::timestamp));
        return latest;
    }

    /** A run and its next record. */
    private record Head(int run, SortedRun.Cursor cursor, ProducerRecord<byte[], byte[]> record) {

        static final Comparator<Head> EARLIEST = Comparator.<Head>comparingLong(
                        head -> head.record().timestamp())
                .thenComparingInt(Head::run);
    }

    /**
     * Passes on all records, the earliest first.
     *
     * @throws IOException if the files cannot be read again
     */
    public void forEach(Consumer<ProducerRecord<byte[], byte[]>> records) throws IOException {
        List<SortedRun.Cursor> cursors = new ArrayList<>();
        try {
            for (SortedRun run : runs) {
                cursors.add(run.open());
            }
            cursors.add(SortedRun.Cursor.of(sortedLatest()));
            merge(cursors, records);
        } finally {
            for (SortedRun.Cursor cursor : cursors) {
                cursor.close();
            }
        }
    }

    private static void merge(List<SortedRun.Cursor> cursors, Consumer<ProducerRecord<byte[], byte[]>> records)
            throws IOException {
        PriorityQueue<Head> heads = new PriorityQueue<>(Head.EARLIEST);
        for (int run = 0; run < cursors.size(); run++) {
            advance(run, cursors.get(run), heads);
        }
        while (!heads.isEmpty()) {
            Head head = heads.remove();
            records.accept(head.record());
            advance(head.run(), head.cursor(), heads);
        }
    }

    private static void advance(int run, SortedRun.Cursor cursor, PriorityQueue<Head> heads) throws IOException {
        ProducerRecord<byte[], byte[]> next = cursor.next();
        if (next != null) {
            heads.add(new Head(run, cursor, next));
        }
    }
}
