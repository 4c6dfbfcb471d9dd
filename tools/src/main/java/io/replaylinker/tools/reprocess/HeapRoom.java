package io.replaylinker.tools.reprocess;

import io.replaylinker.runtime.cli.CommandFailedException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/**
 * Ends a run that has not enough memory before the JVM does. With {@code -XX:+ExitOnOutOfMemoryError}, as it is started, the program could
 * not print the remedy any more.
 */
final class HeapRoom {

    /** Measured after a collection, so little of it is garbage. */
    private static final double FULL = 0.9;

    /** Where long-lived objects are; pools of the young have no usage threshold. */
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .filter(pool -> pool.isUsageThresholdSupported() && pool.isCollectionUsageThresholdSupported())
            .filter(pool -> pool.getUsage().getMax() > 0)
            .toList();

    HeapRoom() {
        pools.forEach(pool ->
                pool.setCollectionUsageThreshold((long) (FULL * pool.getUsage().getMax())));
    }

    /**
     * Checks that there is room.
     *
     * @param at how far the run is
     * @throws CommandFailedException if there is not
     */
    void require(String at) {
        if (pools.stream().anyMatch(MemoryPoolMXBean::isCollectionUsageThresholdExceeded)) {
            throw new CommandFailedException(full(at));
        }
    }

    /** The message for a full heap. */
    static String full(String at) {
        return "the heap of %d MB is full, %s: run the range in parts, one after the other (--from, --to), or set a larger -Xmx"
                .formatted(Runtime.getRuntime().maxMemory() >> 20, at);
    }
}
