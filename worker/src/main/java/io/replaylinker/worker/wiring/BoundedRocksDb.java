package io.replaylinker.worker.wiring;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;

/**
 * Gives all stores of the process their memory out of one budget, {@value #BUDGET_BYTES}, so that it does not grow with the number of
 * tasks; and compresses what they write, because the disk and the cache of the system hold more of it then. Bloom filters are Streams'
 * own default.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** Among the properties of Streams: the budget in bytes, a {@link Long}. */
    static final String BUDGET_BYTES = "state.memory.bytes";

    /** Memory is taken in pieces of this size; by default they are an eighth of the buffer, even where a store holds ten rows. */
    private static final long ARENA_BLOCK_BYTES = 64 << 10;

    /** Ids do not compress, the texts between them do, and the more of them lie in one block the better. Streams' own is 4 KB. */
    private static final int BLOCK_BYTES = 8 << 10;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        if (!(configs.get(BUDGET_BYTES) instanceof Long budget)) {
            throw new IllegalArgumentException(BUDGET_BYTES + " is missing among the properties of Kafka Streams");
        }
        StateMemory memory = StateMemory.of(budget);
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writeBuffers());
        options.setWriteBufferSize(memory.writeBufferBytes());
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        options.setCompressionType(CompressionType.ZSTD_COMPRESSION);
        options.setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION);
    }

    /** Frees nothing: other stores go on using it. */
    @Override
    public void close(String storeName, Options options) {}
}
