package io.replaylinker.worker.lifecycle;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SinkWiring;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.Sinks;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.start.StartCheck;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployed worker: the join, the sink, or both. */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final Set<String> sources;
    private final @Nullable ReplayLinkTopology pipeline;
    private final @Nullable JoinProcess join;
    private final @Nullable Sinks sinks;

    private Worker(
            Set<String> sources,
            @Nullable ReplayLinkTopology pipeline,
            @Nullable JoinProcess join,
            @Nullable Sinks sinks) {
        this.sources = sources;
        this.pipeline = pipeline;
        this.join = join;
        this.sinks = sinks;
    }

    /**
     * Prepares the topics and starts the parts that the roles name.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if Kafka cannot be reached, lacks a topic, or has state that does not
     *     fit the settings
     */
    public static Worker start(Settings settings, MeterRegistry meters) {
        return start(settings, meters, null);
    }

    /**
     * The same for a worker whose page others read.
     *
     * @param address host and port of the page, which the worker announces to its groups; null for none
     */
    public static Worker start(Settings settings, MeterRegistry meters, @Nullable String address) {
        Set<Role> roles = settings.get(WorkerSettings.ROLES);
        LOG.info("Settings that differ from the defaults: {}", changed(settings));
        ValueSerdes serdes = SerdesWiring.serdes(settings);
        TopicsWiring topics = new TopicsWiring(settings);
        Settings read = topics.prepare();
        KafkaProperties kafka = new KafkaProperties(settings);
        ShuffleTopics shuffle = new ShuffleTopics(settings);
        SourceTopics sources = new SourceTopics(read);
        if (roles.contains(Role.JOIN)) {
            new StartCheck(kafka, sources, shuffle).run();
        }
        ReplayLinkTopology pipeline = roles.contains(Role.JOIN)
                ? new TopologyWiring(read, serdes, topics.userKey().get()).unbounded(meters)
                : null;
        Worker worker = new Worker(
                Set.copyOf(sources.names()),
                pipeline,
                pipeline == null ? null : new JoinProcess(pipeline, kafka, shuffle.retention(), address),
                roles.contains(Role.SINK) ? sinks(settings, serdes, meters, address) : null);
        worker.start();
        LOG.info(
                "Started with the roles {}; application id {}, {} threads",
                Role.labels(roles),
                kafka.applicationId(),
                settings.get(WorkerSettings.THREADS));
        return worker;
    }

    private static String changed(Settings settings) {
        return settings.changed().stream()
                .map(setting -> setting.name() + "=" + setting.shown())
                .collect(Collectors.joining(", "));
    }

    private static Sinks sinks(Settings settings, ValueSerdes serdes, MeterRegistry meters, @Nullable String address) {
        ClickHouse clickHouse = ClickHouseWiring.clickHouse(settings);
        return new SinkWiring(settings, serdes, address).all(clickHouse, SinkSettings.DEFAULT, meters);
    }

    private void start() {
        if (join != null) {
            join.start();
        }
        if (sinks != null) {
            sinks.start();
        }
    }

    /** The topics that its join reads: those of the settings, without default topics that do not exist. */
    public Set<String> sources() {
        return sources;
    }

    /** Its join, if that is one of its roles. */
    public Optional<JoinProcess> join() {
        return Optional.ofNullable(join);
    }

    /** Its sinks, if that is one of its roles. */
    public Optional<Sinks> sinks() {
        return Optional.ofNullable(sinks);
    }

    /**
     * Why events have a link or not, from the present state of the join; scans all of its rows.
     *
     * @return empty where the join is not one of the roles
     * @throws InvalidStateStoreException while it is starting, or moving partitions
     */
    public Optional<List<Explanation>> explain(Explained by, Predicate<Id> id) {
        ReplayLinkTopology topology = pipeline;
        if (join == null || topology == null) {
            return Optional.empty();
        }
        if (!join.isRunning()) {
            throw new InvalidStateStoreException("the join is starting, or partitions are moving");
        }
        return Optional.of(topology.explain(by, id));
    }

    /** Why a part failed; empty while all parts run. */
    public Optional<String> failure() {
        if (join != null && join.hasEnded()) {
            return Optional.of("the join has stopped: "
                    + join.failure().map(Worker::describe).orElse("closed"));
        }
        return sinks == null
                ? Optional.empty()
                : sinks.failure().map(failure -> "the sink has stopped: " + failure.getMessage());
    }

    /** Messages of the worker's own exceptions are written for users; for others the class name is needed as well. */
    private static String describe(Throwable failure) {
        boolean ours = failure.getClass().getName().startsWith("io.replaylinker.");
        return ours ? String.valueOf(failure.getMessage()) : failure.toString();
    }

    /** Closes the join first, so that the sink still writes its last output. */
    @Override
    public void close() {
        if (join != null) {
            join.close();
        }
        if (sinks != null) {
            sinks.close();
        }
        LOG.info("Stopped");
    }
}
