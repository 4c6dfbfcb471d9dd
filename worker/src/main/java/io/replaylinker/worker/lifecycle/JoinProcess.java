package io.replaylinker.worker.lifecycle;

import io.replaylinker.serdes.RegistryUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams with an end that can be asked for. What may pass by itself (a registry or a broker that is away) costs a thread,
 * which is replaced; anything else is a mistake in the program or its settings and stops the join, because going on would lose
 * records or turn in circles.
 */
public final class JoinProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JoinProcess.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(25);

    private final KafkaStreams streams;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** A join that is not yet started. */
    public JoinProcess(Topology topology, KafkaClientSupplier clients, Map<String, Object> properties) {
        Properties config = new Properties();
        config.putAll(properties);
        streams = new KafkaStreams(topology, config, clients);
        streams.setUncaughtExceptionHandler(this::answer);
    }

    /** Starts it and returns at once. */
    public void start() {
        streams.start();
    }

    /** Whether all partitions are assigned and nothing is being restored. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Asks the running join, as its state is now. */
    public <T> T ask(Function<KafkaStreams, T> question) {
        return question.apply(streams);
    }

    /** Whether it ended, by itself or by {@link #close()}. */
    public boolean hasEnded() {
        return streams.state().hasCompletedShutdown() || failure.get() != null;
    }

    /** Why it ended by itself. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Commits, flushes and closes the state; keeps the membership, so that a restart moves nothing. */
    @Override
    public void close() {
        boolean inTime = streams.close(CloseOptions.timeout(CLOSE_WITHIN));
        if (!inTime) {
            LOG.warn("The join did not close within {} s; the next start restores more", CLOSE_WITHIN.toSeconds());
        }
    }

    private StreamThreadExceptionResponse answer(Throwable thrown) {
        if (mayPass(thrown)) {
            LOG.warn("A thread of the join is replaced: {}", root(thrown).toString());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("The join has stopped", thrown);
        failure.compareAndSet(null, root(thrown));
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    static boolean mayPass(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryUnavailableException || cause instanceof RetriableException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
