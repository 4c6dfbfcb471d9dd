package io.replaylinker.sinks.sentry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ErrorClass;
import io.replaylinker.clickhouse.StorageException;
import io.replaylinker.sinks.Batch;
import io.replaylinker.sinks.BatchInserter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of a batch to Sentry's replay topic and returns when the brokers have acknowledged all of them. A repeated batch
 * publishes the same messages again, which become one row once Sentry's table has merged.
 *
 * <p>Records have no key, like those of Sentry's own producer: the links of a replay need no order.
 */
final class EventLinkInserter implements BatchInserter {

    private final String topic;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final MeterRegistry meters;
    private @Nullable Producer<byte[], byte[]> producer;
    private boolean made;
    private boolean closed;

    EventLinkInserter(String topic, Supplier<Producer<byte[], byte[]>> producers, MeterRegistry meters) {
        this.topic = topic;
        this.producers = producers;
        this.meters = meters;
        // A series that appears only with its first link would look like a jump.
        for (EventLinkOutcome outcome : EventLinkOutcome.values()) {
            counter(outcome);
        }
    }

    @Override
    public void prepare() {
        attempt(running -> running.partitionsFor(topic));
    }

    @Override
    public void insert(Batch batch) {
        EventLinkRows.Content content = EventLinkRows.of(batch);
        attempt(running -> send(running, content.messages()));
        content.outcomes().forEach((outcome, links) -> counter(outcome).increment(links));
    }

    private void send(Producer<byte[], byte[]> running, List<byte[]> messages)
            throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>(messages.size());
        for (byte[] message : messages) {
            Future<RecordMetadata> one = running.send(new ProducerRecord<>(topic, message));
            if (one.isDone()) {
                // A missing topic is reported after a long wait, and would be reported once per message.
                one.get();
            }
            sent.add(one);
        }
        running.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    /** After a failure the producer is closed with everything it still holds, so that nothing of this attempt mixes with the next one. */
    private void attempt(Work work) {
        Producer<byte[], byte[]> running = running();
        try {
            work.with(running);
        } catch (InterruptedException e) {
            discard(running);
            throw ProducerErrors.of(topic, new InterruptException(e));
        } catch (ExecutionException e) {
            discard(running);
            throw ProducerErrors.of(topic, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            discard(running);
            throw ProducerErrors.of(topic, e);
        }
    }

    private synchronized Producer<byte[], byte[]> running() {
        if (closed) {
            throw new StorageException(ErrorClass.RETRYABLE, "writing to topic " + topic + " was stopped");
        }
        if (producer == null) {
            producer = make();
        }
        return producer;
    }

    private Producer<byte[], byte[]> make() {
        try {
            Producer<byte[], byte[]> running = producers.get();
            made = true;
            return running;
        } catch (RuntimeException e) {
            // Kafka's message is only "Failed to construct kafka producer". The cause says what is wrong.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            // The settings have already made one producer, so they are valid. What fails now is a name that does not
            // resolve.
            throw made ? ProducerErrors.of(topic, cause, ErrorClass.RETRYABLE) : ProducerErrors.of(topic, cause);
        }
    }

    private synchronized void discard(Producer<byte[], byte[]> failed) {
        close(failed);
        if (producer == failed) {
            producer = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            close(producer);
            producer = null;
        }
    }

    /** Closes without the thread's interruption. Kafka would throw instead of waiting for the producer's own thread. */
    private static void close(Producer<?, ?> producer) {
        boolean interrupted = Thread.interrupted();
        try {
            producer.close(Duration.ZERO);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Counter counter(EventLinkOutcome outcome) {
        return Counter.builder("replay_linker_sentry_event_links")
                .tag("outcome", outcome.label())
                .register(meters);
    }

    @FunctionalInterface
    private interface Work {

        void with(Producer<byte[], byte[]> running) throws InterruptedException, ExecutionException;
    }
}
