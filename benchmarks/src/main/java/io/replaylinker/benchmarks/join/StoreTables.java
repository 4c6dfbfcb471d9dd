package io.replaylinker.benchmarks.join;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Counts the rows of a closed store by the first byte of their keys, which is the letter of their table in the join's stores. */
final class StoreTables {

    private StoreTables() {}

    /** Adds up rows, and bytes of keys and values, under {@code state.STORE.LETTER}. */
    static void count(String store, Path folder, Measurements measurements) {
        RocksDB.loadLibrary();
        try (Options options = new Options();
                DBOptions dbOptions = new DBOptions();
                ColumnFamilyOptions familyOptions = new ColumnFamilyOptions()) {
            List<ColumnFamilyDescriptor> families = RocksDB.listColumnFamilies(options, folder.toString()).stream()
                    .map(name -> new ColumnFamilyDescriptor(name, familyOptions))
                    .toList();
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            try (RocksDB database = RocksDB.openReadOnly(dbOptions, folder.toString(), families, handles)) {
                // The first one is the default, which has the rows.
                count(database, handles.get(0)).forEach((letter, size) -> {
                    String name = "state." + store + "." + (char) letter.byteValue();
                    measurements.add(name + ".rows", size[0]);
                    measurements.add(name + ".bytes", size[1]);
                });
                handles.forEach(ColumnFamilyHandle::close);
            }
        } catch (RocksDBException e) {
            throw new IllegalStateException("the store in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<Byte, long[]> count(RocksDB database, ColumnFamilyHandle rows) {
        Map<Byte, long[]> sizes = new HashMap<>();
        try (RocksIterator row = database.newIterator(rows)) {
            for (row.seekToFirst(); row.isValid(); row.next()) {
                byte[] key = row.key();
                long[] size = sizes.computeIfAbsent(key[0], letter -> new long[2]);
                size[0]++;
                size[1] += key.length + row.value().length;
            }
        }
        return sizes;
    }
}
