package io.replaylinker.worker.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.worker.http.RouteRequest;
import io.replaylinker.worker.http.RouteResponse;
import io.replaylinker.worker.lifecycle.Worker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All meters of a worker in the form that Prometheus reads. */
public final class WorkerMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMeters.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer looks = new Timer("metrics", true);

    /** Apart, because it waits for answers of the brokers. */
    private final Timer lag = new Timer("lag", true);

    private @Nullable KafkaStreamsMetrics streams;
    private @Nullable Admin admin;
    private volatile @Nullable Lag measured;

    /** Includes the meters of the process; the worker's parts add theirs to {@link #registry()}. */
    public WorkerMeters() {
        registry.config().meterFilter(new MeterRules());
        collections.bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("replay_linker_build", () -> 1).tag("version", version()).register(registry);
    }

    /** Registry for the parts of the worker. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Adds the meters of a worker that has been started. */
    public void watch(Worker worker, KafkaProperties kafka) {
        List<Lag.Reader> readers = new ArrayList<>();
        worker.join().ifPresent(join -> {
            JoinMeters meters = new JoinMeters(join, registry);
            looks.schedule(new Look(meters::refresh), 0, LOOK_EVERY.toMillis());
            KafkaStreamsMetrics own = join.ask(KafkaStreamsMetrics::new);
            own.bindTo(registry);
            streams = own;
            readers.add(new Lag.Reader("join", kafka.applicationId(), worker.sources()));
        });
        worker.sinks().stream().flatMap(sinks -> sinks.all().stream()).forEach(sink -> {
            SinkMeters.bind(sink, registry);
            readers.add(new Lag.Reader(sink.name(), sink.group(), Set.of(sink.topic())));
        });
        FlowLog flow =
                new FlowLog(registry, worker.join().isPresent(), worker.sinks().isPresent(), System::nanoTime);
        looks.schedule(new Look(flow::look), LOOK_EVERY.toMillis(), LOOK_EVERY.toMillis());
        Admin newAdmin = Admin.create(kafka.admin());
        admin = newAdmin;
        Lag newLag = new Lag(newAdmin, readers, registry);
        measured = newLag;
        lag.schedule(new Look(newLag::refresh), 0, LOOK_EVERY.toMillis());
    }

    /** The lag by partition, measured every five seconds; see {@link PartitionLags}. */
    public Map<TopicPartition, Long> lagOf(String reader) {
        Lag present = measured;
        return present == null ? Map.of() : present.of(reader);
    }

    /** The route of {@code /metrics}. */
    public RouteResponse scrape(RouteRequest request) {
        byte[] text = registry.scrape(PROMETHEUS_TEXT).getBytes(StandardCharsets.UTF_8);
        return new RouteResponse(RouteResponse.OK, PROMETHEUS_TEXT, text);
    }

    private static String version() {
        return Objects.requireNonNullElse(WorkerMeters.class.getPackage().getImplementationVersion(), "unpackaged");
    }

    @Override
    public void close() {
        looks.cancel();
        lag.cancel();
        collections.close();
        if (streams != null) {
            streams.close();
        }
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
        registry.close();
    }

    /** A failed update is repeated at its next turn. */
    private static final class Look extends TimerTask {

        private final Runnable look;

        Look(Runnable look) {
            this.look = look;
        }

        @Override
        public void run() {
            try {
                look.run();
            } catch (RuntimeException e) {
                LOG.warn("Some metrics could not be updated: {}", e.toString());
            }
        }
    }
}
