package io.replaylinker.topology.shuffle;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that packs the records of the shuffle topics into {@linkplain Block blocks}, one Kafka record each, and
 * sends all other records unchanged. A block is sent when it is full, every {@value #OPEN_MS} ms, and before every call
 * that makes sent records count: {@link #flush} and {@link #commitTransaction}. So no commit passes an entry that was
 * not sent.
 */
final class PackingProducer extends KafkaProducer<byte[], byte[]> {

    static final int FULL_BYTES = 32 << 10;
    static final int OPEN_MS = 20;

    /** Every record of the shuffle has a key, though it is not used: Streams restores no record without one. */
    private static final byte[] NO_KEY = {};

    /** Streams does not use the future of a send; its callback receives the result. */
    private static final Future<RecordMetadata> CALLBACK_ONLY =
            CompletableFuture.failedFuture(new UnsupportedOperationException("the result goes to the callback"));

    private final Predicate<String> isPacked;
    private final Map<TopicPartition, OpenBlock> open = new HashMap<>();
    private final ScheduledExecutorService timer;
    private long commits;
    private @Nullable Callback lastCallback;

    /**
     * Connects a producer.
     *
     * @param isPacked whether the topic of this name contains blocks
     */
    PackingProducer(Map<String, Object> config, Predicate<String> isPacked) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.isPacked = isPacked;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "block-timer");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::sendAll, OPEN_MS, OPEN_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, @Nullable Callback callback) {
        if (!isPacked.test(message.topic())) {
            return super.send(message, callback);
        }
        Integer partition = message.partition();
        if (partition == null) {
            throw new IllegalArgumentException("an entry of " + message.topic() + " has no partition");
        }
        lastCallback = callback;
        pack(new TopicPartition(message.topic(), partition), message.value(), message.timestamp(), callback);
        return CALLBACK_ONLY;
    }

    /** How often sent records began to count. For the thread that sends. */
    long commits() {
        return commits;
    }

    /** The callback of the entry that was sent last. For the thread that sends. */
    @Nullable Callback lastCallback() {
        return lastCallback;
    }

    /**
     * Adds an entry to the open block of its partition.
     *
     * @param entry a block of one
     * @param callback that receives the result of the block
     */
    synchronized void pack(TopicPartition to, byte[] entry, long timestampMs, @Nullable Callback callback) {
        OpenBlock block = open.computeIfAbsent(to, partition -> new OpenBlock(FULL_BYTES));
        if (!block.isEmpty() && block.length() + entry.length > FULL_BYTES) {
            Exception unused = send(to, block);
        }
        Block.stamp(entry, timestampMs);
        block.add(entry, timestampMs, callback);
    }

    /** @return why the client did not accept it; null if it did */
    private @Nullable Exception send(TopicPartition to, OpenBlock block) {
        Callback answer = block.answer();
        ProducerRecord<byte[], byte[]> packed =
                new ProducerRecord<>(to.topic(), to.partition(), block.latestMs(), NO_KEY, block.toBytes());
        // Emptied first: a block that cannot be sent fails at its senders, which start anew. It must not be sent with
        // what they send then.
        block.clear();
        try {
            Future<RecordMetadata> sent = super.send(packed, answer);
            return sent.isDone() ? failure(sent) : null;
        } catch (RuntimeException e) {
            // An exception thrown here would reach one sender, or none where the timer sends.
            Exception cause = e instanceof KafkaException && e.getCause() instanceof Exception inner ? inner : e;
            answer.onCompletion(null, cause);
            return cause;
        }
    }

    private static @Nullable Exception failure(Future<RecordMetadata> done) {
        try {
            done.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof Exception cause ? cause : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    /**
     * Sends all open blocks. After the first block that the client does not accept within its time the others fail too,
     * because each of them would wait as long again.
     */
    private synchronized void sendAll() {
        Exception failure = null;
        for (Map.Entry<TopicPartition, OpenBlock> partition : open.entrySet()) {
            OpenBlock block = partition.getValue();
            if (block.isEmpty()) {
                continue;
            }
            if (failure instanceof TimeoutException) {
                Callback answer = block.answer();
                block.clear();
                answer.onCompletion(null, failure);
            } else {
                failure = send(partition.getKey(), block);
            }
        }
    }

    private synchronized void dropAll() {
        open.values().forEach(OpenBlock::clear);
    }

    @Override
    public void flush() {
        commits++;
        sendAll();
        super.flush();
    }

    @Override
    public void commitTransaction() {
        commits++;
        sendAll();
        super.commitTransaction();
    }

    /** Drops the open blocks, which belong to the transaction. */
    @Override
    public void abortTransaction() {
        commits++;
        dropAll();
        super.abortTransaction();
    }

    /** Entries that were not flushed were not committed either, and are read again. */
    @Override
    public void close(Duration timeout) {
        timer.shutdownNow();
        dropAll();
        super.close(timeout);
    }
}
