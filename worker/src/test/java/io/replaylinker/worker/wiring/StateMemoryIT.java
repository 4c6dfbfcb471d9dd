package io.replaylinker.worker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.TableProperties;

/**
 * Many stores of Kafka Streams, with far more data than memory. {@code -Dstores=N}, {@code -Drows=N} for each of them and {@code
 * -Dbudget=MIB} try other sizes.
 */
class StateMemoryIT {

    private static final int STORES = Integer.getInteger("stores", 32);
    private static final int ROWS = Integer.getInteger("rows", 6_000);
    private static final int ROW_BYTES = 500;
    private static final long MIB = 1 << 20;

    /** The smallest there is, in which a part that holds too much shows soonest; no other test's stores are in it. */
    private static final long BUDGET = Integer.getInteger("budget", 16) * MIB;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldKeepAllStoresOfAProcessWithinOneBudget() {
        List<String> stores =
                IntStream.range(0, STORES).mapToObj(number -> "store-" + number).toList();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(stores), config())) {
            // Given
            Random random = new Random(1);
            long mostInUse = 0;
            long mostInBuffers = 0;
            for (int row = 0; row < ROWS; row++) {
                for (String store : stores) {
                    KeyValueStore<byte[], byte[]> rows = driver.getKeyValueStore(store);
                    rows.put(key(row), value(random));
                }
                mostInUse = Math.max(mostInUse, StateMemory.of(BUDGET).cache().getUsage());
                if (row % 100 == 0) {
                    mostInBuffers = Math.max(mostInBuffers, sum(driver, "size-all-mem-tables"));
                }
            }

            // When
            for (int reading = 0; reading < 20_000; reading++) {
                KeyValueStore<byte[], byte[]> rows = driver.getKeyValueStore(stores.get(random.nextInt(STORES)));
                assertThat(rows.get(key(random.nextInt(ROWS)))).hasSize(ROW_BYTES);
                // Only a full cache grows over its size when a write buffer is put into a part that has no room for it.
                rows.put(key(random.nextInt(ROWS)), value(random));
                mostInUse = Math.max(mostInUse, StateMemory.of(BUDGET).cache().getUsage());
            }

            // Then
            System.out.printf(
                    "%d stores, %d MiB of rows, budget %d MiB: %d KiB in use at most, %d KiB of it in write buffers,"
                            + " %d KiB beside it for readers of tables%n",
                    STORES,
                    (long) STORES * ROWS * ROW_BYTES / MIB,
                    BUDGET / MIB,
                    mostInUse >> 10,
                    mostInBuffers >> 10,
                    sum(driver, "estimate-table-readers-mem") >> 10);
            assertThat(mostInUse).isLessThanOrEqualTo(BUDGET);
            assertThat(mostInBuffers).isBetween(MIB, BUDGET / 2);
            assertThat(sum(driver, "estimate-table-readers-mem")).isLessThan(2 * MIB);
        }
    }

    @Test
    void shouldCompressWhatIsWrittenToDiskAndKeepItsFilters() throws Exception {
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(List.of("store")), config())) {
            // Given
            KeyValueStore<byte[], byte[]> rows = driver.getKeyValueStore("store");
            for (int row = 0; row < ROWS; row++) {
                rows.put(key(row), new byte[ROW_BYTES]);
            }

            // When
            List<TableProperties> tables = tablesOnDisk();
            for (int look = 0; look < 100 && tables.isEmpty(); look++) {
                LockSupport.parkNanos(100_000_000);
                tables = tablesOnDisk();
            }

            // Then
            assertThat(tables).isNotEmpty().allSatisfy(table -> {
                assertThat(table.getCompressionName()).isEqualTo("ZSTD");
                assertThat(table.getFilterPolicyName()).contains("bloom");
                assertThat(table.getDataSize()).isLessThan(table.getRawValueSize() / 5);
            });
        }
    }

    private List<TableProperties> tablesOnDisk() throws IOException {
        List<TableProperties> tables = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(path -> path.toString().endsWith(".sst"))
                    .map(StateMemoryIT::table)
                    .flatMap(Optional::stream)
                    .forEach(tables::add);
        }
        return tables;
    }

    /** Empty for a file that is still being written, and for the offsets that Streams keeps beside our rows. */
    private static Optional<TableProperties> table(Path file) {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(file.toString());
            TableProperties table = reader.getTableProperties();
            boolean ofStreams = Arrays.equals(table.getColumnFamilyName(), "offsets".getBytes(StandardCharsets.UTF_8));
            return Optional.of(table).filter(any -> !ofStreams);
        } catch (RocksDBException e) {
            return Optional.empty();
        }
    }

    private Properties config() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "state-memory");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        config.put(BoundedRocksDb.BUDGET_BYTES, BUDGET);
        return config;
    }

    private static Topology topology(List<String> stores) {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic")
                .addProcessor("processor", Nothing::new, "source");
        stores.forEach(store -> topology.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(store), Serdes.ByteArray(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                "processor"));
        return topology;
    }

    private static long sum(TopologyTestDriver driver, String metric) {
        List<Metric> found = new ArrayList<>();
        driver.metrics().forEach((name, value) -> {
            if (name.name().equals(metric)) {
                found.add(value);
            }
        });
        assertThat(found).as(metric).isNotEmpty();
        return found.stream()
                .mapToLong(value -> ((Number) value.metricValue()).longValue())
                .sum();
    }

    private static byte[] key(int row) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(row * 7919).array();
    }

    private static byte[] value(Random random) {
        byte[] value = new byte[ROW_BYTES];
        random.nextBytes(value);
        return value;
    }

    private static final class Nothing extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }
}
