package io.replaylinker.worker.reprocess;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.replaylinker.topology.join.Rows;
import io.replaylinker.worker.cli.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;

/**
 * All that a run knows, on disk: the rows of the join, what it said, how far it has read. Nothing of it counts before {@link #commit},
 * then all of it does: a run that was cut off goes on as if it had stopped at the last commit. One process at a time can have it open.
 */
final class RunStore implements AutoCloseable {

    private static final char NOTES = 'n';

    private final Options options;
    private final RocksDB db;
    private final WriteBatchWithIndex changes = new WriteBatchWithIndex(true);
    private final ReadOptions reading = new ReadOptions();
    private final WriteOptions writing = new WriteOptions();
    private final Rows notes;

    private RunStore(Options options, RocksDB db) {
        this.options = options;
        this.db = db;
        this.notes = table(NOTES);
    }

    /**
     * Opens it, or makes a new one.
     *
     * @throws CommandFailedException if the folder cannot be written, or another process has it open
     */
    static RunStore open(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "the run's folder cannot be made: " + e.getClass().getSimpleName() + " " + e.getMessage()
                            + "; is state.dir a folder, and may this user write there?",
                    e);
        }
        Options options = new Options().setCreateIfMissing(true).setCompressionType(CompressionType.ZSTD_COMPRESSION);
        try {
            return new RunStore(options, RocksDB.open(options, folder.toString()));
        } catch (RocksDBException e) {
            options.close();
            throw new CommandFailedException(
                    "the run's folder " + folder + " cannot be opened: " + e.getMessage()
                            + "; is the same run going on in another process, and may this user write there (state.dir)?",
                    e);
        }
    }

    /** Rows of their own, under a letter. */
    Rows table(char letter) {
        return new Table((byte) letter);
    }

    Optional<String> note(String name) {
        byte[] value = notes.get(name.getBytes(UTF_8));
        return value == null ? Optional.empty() : Optional.of(new String(value, UTF_8));
    }

    void note(String name, String value) {
        notes.put(name.getBytes(UTF_8), value.getBytes(UTF_8));
    }

    /** From now on everything so far survives a crash. */
    void commit() {
        try {
            db.write(writing, changes);
            changes.clear();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** What was not committed is gone. */
    @Override
    public void close() {
        changes.close();
        reading.close();
        writing.close();
        db.close();
        options.close();
    }

    private static CommandFailedException failed(RocksDBException cause) {
        return new CommandFailedException(
                "the run's state cannot be read or written: " + cause.getMessage() + "; is the disk full?", cause);
    }

    private final class Table implements Rows {

        private final byte letter;

        Table(byte letter) {
            this.letter = letter;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            try {
                return changes.getFromBatchAndDB(db, reading, full(key));
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        @Override
        public void put(byte[] key, byte[] value) {
            try {
                changes.put(full(key), value);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        @Override
        public void delete(byte[] key) {
            try {
                changes.delete(full(key));
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        @Override
        public Cursor from(byte[] from, byte[] prefix) {
            return new Chunks(full(from), full(prefix));
        }

        private byte[] full(byte[] key) {
            byte[] full = new byte[key.length + 1];
            full[0] = letter;
            System.arraycopy(key, 0, full, 1, key.length);
            return full;
        }
    }

    /** Reads on in small chunks, because rows may be changed meanwhile and RocksDB's own cursor over changes must not see that. */
    private final class Chunks implements Rows.Cursor {

        private static final int CHUNK = 64;

        private final byte[] prefix;
        private final Queue<Rows.Row> chunk = new ArrayDeque<>();
        private byte[] next;
        private boolean ended;

        Chunks(byte[] from, byte[] prefix) {
            this.next = from;
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            if (chunk.isEmpty() && !ended) {
                read();
            }
            return !chunk.isEmpty();
        }

        private void read() {
            try (RocksIterator rows = changes.newIteratorWithBase(db.newIterator(reading), reading)) {
                rows.seek(next);
                while (chunk.size() < CHUNK && rows.isValid() && startsWith(rows.key())) {
                    byte[] key = rows.key();
                    chunk.add(new Rows.Row(Arrays.copyOfRange(key, 1, key.length), rows.value()));
                    next = Arrays.copyOf(key, key.length + 1);
                    rows.next();
                }
                rows.status();
            } catch (RocksDBException e) {
                throw failed(e);
            }
            ended = chunk.size() < CHUNK;
        }

        private boolean startsWith(byte[] key) {
            return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
        }

        @Override
        public Rows.Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return chunk.remove();
        }

        @Override
        public void close() {
            ended = true;
            chunk.clear();
        }
    }
}
