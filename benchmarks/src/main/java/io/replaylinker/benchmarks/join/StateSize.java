package io.replaylinker.benchmarks.join;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies in the state folder of a topology that was closed cleanly: everything of its RocksDB stores but the logs that RocksDB writes
 * for people. A row is counted under its store and the first byte of its key, which in the join's stores is the letter of its table.
 */
final class StateSize {

    private static final String ROCKSDB = "rocksdb";

    private final Path folder;

    private final boolean withTables;

    /** @param withTables whether keys begin with the letter of a table */
    StateSize(Path folder, boolean withTables) {
        this.folder = folder;
        this.withTables = withTables;
    }

    void put(Measurements measurements) throws IOException {
        Map<String, Long> bytesByStore = new TreeMap<>();
        Map<Path, String> stores = new TreeMap<>();
        for (Path file : files()) {
            Path relative = folder.relativize(file);
            List<String> names = Stream.iterate(0, i -> i + 1)
                    .limit(relative.getNameCount())
                    .map(i -> relative.getName(i).toString())
                    .toList();
            int at = names.indexOf(ROCKSDB);
            if (at >= 0 && at + 1 < names.size() && !names.get(names.size() - 1).startsWith("LOG")) {
                bytesByStore.merge(names.get(at + 1), Files.size(file), Long::sum);
                stores.put(folder.resolve(relative.subpath(0, at + 2)), names.get(at + 1));
            }
        }
        bytesByStore.forEach((store, bytes) -> measurements.put("state." + store + ".bytes", bytes));
        if (withTables) {
            stores.forEach((path, store) -> StoreTables.count(store, path, measurements));
        }
        measurements.put(
                Measurements.STATE_BYTES,
                bytesByStore.values().stream().mapToLong(Long::longValue).sum());
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
