package io.replaylinker.worker.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.runtime.settings.HttpSettings;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.worker.http.HttpServer;
import io.replaylinker.worker.lifecycle.Worker;
import io.replaylinker.worker.members.MemberAddress;
import io.replaylinker.worker.metrics.WorkerMeters;
import io.replaylinker.worker.page.PageSettings;
import io.replaylinker.worker.page.WorkerPage;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's meters, health and status page, and the HTTP server that serves them. It starts before the worker: a port in use is found
 * before anything else is started, and a long start does not look like a dead process.
 */
public final class WorkerWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerWatch.class);

    /** In units of max.poll.interval.ms: after the first one Kafka reassigns the partitions, and a thread that was only slow recovers. */
    private static final int POLL_INTERVALS = 3;

    private final Settings settings;
    private final WorkerMeters meters;
    private final WorkerHealth health;
    private final @Nullable WorkerPage page;
    private final MoreRoutes moreRoutes;
    private final @Nullable HttpServer http;
    private final @Nullable MemberAddress address;
    private MoreRoutes.Open openRoutes = () -> {};
    private @Nullable ServerProbes probes;

    private WorkerWatch(Settings settings, MoreRoutes moreRoutes) {
        this.settings = settings;
        this.moreRoutes = moreRoutes;
        meters = new WorkerMeters();
        health = new WorkerHealth(meters.registry());
        page = HttpSettings.isOn(settings)
                ? new WorkerPage(
                        PageSettings.of(settings),
                        new KafkaProperties(settings),
                        settings.find(HttpSettings.TOKEN).orElse(null),
                        meters.registry(),
                        health::partsForReaders,
                        meters::lagOf)
                : null;
        http = page == null ? null : serve(page);
        address = http == null
                ? null
                : MemberAddress.announced(
                        settings.find(HttpSettings.ADVERTISED).orElse(null),
                        settings.get(HttpSettings.BIND),
                        http.port());
        if (page != null && address != null) {
            page.announce(address);
        }
    }

    /**
     * Starts the HTTP server.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if it cannot listen where the settings say
     */
    public static WorkerWatch start(Settings settings) {
        return start(settings, MoreRoutes.NONE);
    }

    /**
     * The same with the routes of other modules.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if it cannot listen where the settings say
     */
    public static WorkerWatch start(Settings settings, MoreRoutes moreRoutes) {
        return new WorkerWatch(settings, moreRoutes);
    }

    private HttpServer serve(WorkerPage page) {
        String bind = settings.get(HttpSettings.BIND);
        String token = settings.find(HttpSettings.TOKEN).orElse(null);
        HttpServer.Builder routes = HttpServer.builder(bind, settings.get(HttpSettings.PORT))
                .token(token)
                .open("/livez", request -> WorkerHealth.answer(health.live()))
                .open("/readyz", request -> WorkerHealth.answer(health.ready()))
                .get("/metrics", meters::scrape);
        page.addTo(routes);
        openRoutes = moreRoutes.addTo(routes);
        HttpServer server = routes.start();
        LOG.info("Status page: {}; health and metrics: livez, readyz, metrics", server.url());
        if (token == null && !isLoopback(bind)) {
            LOG.warn(
                    "Every client that reaches {} can read the status and the metrics; set http.token to require a secret",
                    server.url());
        }
        return server;
    }

    private static boolean isLoopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Registry for the worker's meters. */
    public MeterRegistry registry() {
        return meters.registry();
    }

    public WorkerHealth health() {
        return health;
    }

    /** The port that it listens on; -1 without an HTTP server. */
    public int port() {
        return http == null ? -1 : http.port();
    }

    /** Host and port that the worker announces to its groups; empty without an HTTP server. */
    public Optional<String> address() {
        return Optional.ofNullable(address).map(MemberAddress::toString);
    }

    /** Watches a started worker until it is closed. */
    public void watch(Worker worker) {
        KafkaProperties kafka = new KafkaProperties(settings);
        ServerProbes servers = ServerProbes.start(
                kafka,
                SerdesWiring.impatient(settings).registry(),
                settings.shown(SchemaRegistrySettings.URL),
                settings.get(WorkerSettings.ROLES).contains(Role.SINK) ? ClickHouseWiring.settings(settings) : null,
                meters.registry());
        probes = servers;
        health.watch(
                worker,
                servers::ready,
                kafka.maxPollInterval().multipliedBy(POLL_INTERVALS),
                settings.get(HttpSettings.UNREADY_AFTER));
        meters.watch(worker, kafka);
        if (page != null) {
            page.watch(worker);
        }
    }

    @Override
    public void close() {
        if (http != null) {
            http.close();
        }
        openRoutes.close();
        if (page != null) {
            page.close();
        }
        if (probes != null) {
            probes.close();
        }
        meters.close();
    }
}
