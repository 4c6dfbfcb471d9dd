package io.replaylinker.sinks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.clickhouse.RequestPace;
import io.replaylinker.clickhouse.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Keeps what it is given, fails as configured, and can be held up in the middle of an insert. */
final class RecordingInserter implements BatchInserter {

    private final Deque<StorageException> preparations = new ArrayDeque<>();
    private final Deque<StorageException> failures = new ArrayDeque<>();
    private final List<Batch> attempted = new ArrayList<>();
    private final List<Batch> inserted = new ArrayList<>();
    private final Semaphore gate = new Semaphore(1_000_000);
    private boolean closed;

    synchronized void failPreparation(StorageException failure) {
        preparations.add(failure);
    }

    /** The next attempt to insert fails so. */
    synchronized void failNext(StorageException failure) {
        failures.add(failure);
    }

    /** Inserts wait from now on. */
    void hold() {
        gate.drainPermits();
    }

    void release() {
        gate.release(1_000_000);
    }

    synchronized List<String> attempted() {
        return attempted.stream().map(Batch::range).toList();
    }

    synchronized List<String> inserted() {
        return inserted.stream().map(Batch::range).toList();
    }

    /** Of the attempts, also those that are held up. */
    synchronized List<String> tokens() {
        return attempted.stream().map(Batch::token).toList();
    }

    synchronized String rows() {
        return String.join("", inserted.stream().map(RecordingInserter::text).toList());
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void prepare() {
        if (!preparations.isEmpty()) {
            throw preparations.remove();
        }
    }

    @Override
    public void insert(Batch batch) {
        synchronized (this) {
            attempted.add(batch);
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
        }
        gate.acquireUninterruptibly();
        synchronized (this) {
            inserted.add(batch);
        }
    }

    @Override
    public RequestPace pace() {
        return new RequestPace(Duration.ofMillis(1), System::nanoTime);
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    static String text(Batch batch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            batch.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }
}
