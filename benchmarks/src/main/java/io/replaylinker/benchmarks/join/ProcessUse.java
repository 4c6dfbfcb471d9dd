package io.replaylinker.benchmarks.join;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Processor time and memory of this JVM, and processor time of the broker beside it. */
final class ProcessUse {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK_RSS = "VmHWM:";

    private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final AtomicLong heapAfterCollection = new AtomicLong();
    private final long brokerPid;

    ProcessUse(long brokerPid) {
        this.brokerPid = brokerPid;
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> ((NotificationEmitter) collector)
                .addNotificationListener(
                        (notification, handback) -> collected((CompositeData) notification.getUserData()), null, null));
    }

    private void collected(CompositeData notification) {
        GcInfo collection = GarbageCollectionNotificationInfo.from(notification).getGcInfo();
        long left = collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> isHeap(pool.getKey()))
                .map(Map.Entry::getValue)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
        heapAfterCollection.accumulateAndGet(left, Math::max);
    }

    private static boolean isHeap(String pool) {
        return List.of("Eden", "Survivor", "Old", "Tenured").stream().anyMatch(pool::contains);
    }

    long cpuMs() {
        return Duration.ofNanos(system.getProcessCpuTime()).toMillis();
    }

    long brokerCpuMs() {
        return ProcessHandle.of(brokerPid)
                .flatMap(broker -> broker.info().totalCpuDuration())
                .map(Duration::toMillis)
                .orElse(0L);
    }

    /** Fills in the peaks of memory up to now. */
    void putMemory(Measurements measurements) throws IOException {
        System.gc();
        measurements.put(Measurements.HEAP_BYTES, heapAfterCollection.get());
        measurements.put(Measurements.RSS_BYTES, peakRss());
    }

    /** The kernel's own mark, in kB; 0 where there is none. */
    private static long peakRss() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith(PEAK_RSS))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
                .findFirst()
                .orElse(0);
    }
}
