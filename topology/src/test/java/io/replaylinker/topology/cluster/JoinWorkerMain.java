package io.replaylinker.topology.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * A worker as a process of its own, made to be killed. It tells on stdout when it runs, and what it had to restore for that:
 * {@code running BLOCKS MILLISECONDS}, with the time from the first of them until it runs. It
 * never closes anything.
 */
public final class JoinWorkerMain {

    private JoinWorkerMain() {}

    /**
     * Runs a worker until the process ends.
     *
     * @param args those of the installation, then the folder of the state
     */
    public static void main(String[] args) {
        Path stateDir = Path.of(args[args.length - 1]);
        Installation installation = Installation.of(Arrays.copyOf(args, args.length - 1));
        Restored restored = new Restored();
        @SuppressWarnings("resource") // it ends with the process
        JoinWorker worker = JoinWorker.forHistories(installation, stateDir, 2);
        worker.onRestore(restored);
        worker.start();
        Await.until("the worker runs", worker::isRunning);
        System.out.println("running " + restored.blocks() + " " + restored.millis());
        worker.awaitFailure();
    }

    private static final class Restored implements StateRestoreListener {

        private long blocks;
        private long startedAt = Long.MAX_VALUE;

        synchronized long blocks() {
            return blocks;
        }

        synchronized long millis() {
            return blocks == 0
                    ? 0
                    : Duration.ofNanos(System.nanoTime() - startedAt).toMillis();
        }

        @Override
        public synchronized void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
            startedAt = Math.min(startedAt, System.nanoTime());
        }

        @Override
        public synchronized void onBatchRestored(TopicPartition changelog, String store, long to, long restored) {
            blocks += restored;
        }

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long total) {}
    }
}
