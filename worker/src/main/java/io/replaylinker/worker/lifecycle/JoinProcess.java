package io.replaylinker.worker.lifecycle;

import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.topology.ReplayLinkTopology;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Kafka Streams, and stops it on request. A failure that may be temporary (a registry or a broker that cannot be reached) costs a
 * thread, which is replaced. Any other failure is a mistake in the program or its settings and stops the join, because it would lose
 * records or fail again and again.
 */
public final class JoinProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JoinProcess.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(25);

    private static final Duration TRIM_EVERY = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final ShuffleTrim trim;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * A join that is not yet started.
     *
     * @param retention of the topics between the steps, behind the watermark of the join
     */
    public JoinProcess(ReplayLinkTopology pipeline, KafkaProperties kafka, Duration retention) {
        this(pipeline, kafka, retention, null);
    }

    /**
     * The same with an address by which the other members of the group find this one.
     *
     * @param address host and port; null for none
     */
    public JoinProcess(
            ReplayLinkTopology pipeline, KafkaProperties kafka, Duration retention, @Nullable String address) {
        Properties config = new Properties();
        config.putAll(kafka.streams());
        if (address != null) {
            config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
        }
        streams = new KafkaStreams(pipeline.build(), config, pipeline.clients());
        streams.setUncaughtExceptionHandler(this::answer);
        trim = new ShuffleTrim(
                pipeline,
                Admin.create(kafka.admin()),
                config.getProperty(StreamsConfig.APPLICATION_ID_CONFIG),
                retention);
    }

    /** Starts it and returns at once. */
    public void start() {
        streams.start();
        trim.start(TRIM_EVERY);
    }

    /** Whether all partitions are assigned and nothing is being restored. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Reads the present state of the running join. */
    public <T> T ask(Function<KafkaStreams, T> question) {
        return question.apply(streams);
    }

    /** Whether it ended, by a failure or by {@link #close()}. */
    public boolean hasEnded() {
        return streams.state().hasCompletedShutdown() || failure.get() != null;
    }

    /** The failure that ended it. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Commits and leaves the group, so that other workers take over at once: a restart would find no local state here. */
    @Override
    public void close() {
        trim.close();
        boolean inTime = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
        if (!inTime) {
            LOG.warn(
                    "The join did not close within {} s; other workers take over when its session times out",
                    CLOSE_WITHIN.toSeconds());
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
