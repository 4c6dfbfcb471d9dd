package io.replaylinker.local;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Coverage;
import io.replaylinker.clickhouse.query.CoverageQuestion;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Links;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.mcp.McpRoutes;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SinkWiring;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.schemas.UnlinkedReason;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.worker.health.MoreRoutes;
import io.replaylinker.worker.page.MeterRecorder;
import io.replaylinker.worker.page.PageSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole pipeline on one machine: loads a dump into Kafka, links it with the worker's own topology and sink, and reads the result from
 * ClickHouse.
 */
final class Demo {

    private static final String STARTING = "starting Kafka and ClickHouse";

    /** A dump is linked within seconds. */
    private static final Duration SAMPLED_EVERY = Duration.ofSeconds(1);

    private final List<DumpSource> dumps;
    private final List<String> prefixes;
    private final StallTimeout stallTimeout;
    private final Progress progress;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    /**
     * Prepares a run.
     *
     * @param prefixes of the ids of events to explain, lower case hex
     */
    Demo(List<DumpSource> dumps, List<String> prefixes, StallTimeout stallTimeout, Progress progress) {
        this.dumps = dumps;
        this.prefixes = prefixes;
        this.stallTimeout = stallTimeout;
        this.progress = progress;
    }

    /**
     * Runs from start to end, and stops and deletes everything that it started or made.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if it cannot be done here, with the remedy
     */
    Outcome run() throws InterruptedException {
        return run(clickHouse -> {});
    }

    /**
     * As {@link #run}, with a look into the tables before they are deleted.
     *
     * @throws io.replaylinker.runtime.cli.CommandFailedException if it cannot be done here, with the remedy
     */
    Outcome run(Consumer<ClickHouse> look) throws InterruptedException {
        progress.step(STARTING);
        try (LocalServers servers = LocalServers.start(progress::note)) {
            Outcome outcome = link(servers, settings(servers));
            look.accept(servers.clickHouse());
            return outcome;
        } finally {
            progress.done();
        }
    }

    /**
     * As {@link #run}, with the status page until the visit ends.
     *
     * @param port of the page; 0 for any free one
     * @throws io.replaylinker.runtime.cli.CommandFailedException if it cannot be done here, with the remedy
     */
    void serve(int port, Visit visit) throws InterruptedException {
        DemoPage.check(port);
        progress.step(STARTING);
        try (MeterRecorder recorder = MeterRecorder.start(meters, SAMPLED_EVERY);
                LocalServers servers = LocalServers.start(progress::note)) {
            Settings settings = settings(servers);
            Outcome outcome = link(servers, settings);
            Clock present = DemoPage.presentOf(outcome);
            MoreRoutes tools = server -> McpRoutes.addTo(settings, present, server);
            try (DemoPage page = DemoPage.start(port, PageSettings.of(settings), tools, present, recorder, outcome)) {
                progress.done();
                visit.to(page.url(), outcome);
            }
        } finally {
            progress.done();
        }
    }

    /** What is done while the status page is served. */
    interface Visit {

        /** The page and its servers stay until this returns. */
        void to(String url, Outcome outcome) throws InterruptedException;
    }

    private Outcome link(LocalServers servers, Settings settings) throws InterruptedException {
        ValueSerdes serdes = SerdesWiring.serdes(settings);
        DumpLoader loader = new DumpLoader(servers.kafka());
        loader.createTopics();
        new TopicsWiring(settings).prepare();
        progress.step("loading " + dumps.stream().map(DumpSource::name).collect(Collectors.joining(", ")));
        DumpLoad input = loader.load(dumps);
        Clock clock = Clock.fixed(Instant.ofEpochMilli(input.newestMs()), ZoneOffset.UTC);
        try (BoundedRun run = new BoundedRun(
                new TopologyWiring(settings, serdes).recorded(meters, clock),
                new KafkaProperties(settings),
                new ShuffleTopics(settings),
                new SinkWiring(settings, serdes).all(servers.clickHouse(), BoundedRun.PROMPT, meters))) {
            run.start();
            progress.step("linking " + Text.count(input.recordCount(), "record"));
            run.awaitJoined(stallTimeout);
            List<Explanation> explanations = prefixes.isEmpty() ? List.of() : run.explain(prefixes);
            run.close(stallTimeout);
            progress.step("writing into ClickHouse");
            run.awaitWritten();
            return outcome(servers, settings, serdes, input, explanations);
        }
    }

    private Outcome outcome(
            LocalServers servers,
            Settings settings,
            ValueSerdes serdes,
            DumpLoad input,
            List<Explanation> explanations) {
        List<LinkedEvent> links = links(servers);
        List<Unlinked> published = read(settings, WorkerSettings.UNLINKED_TOPIC, serdes, Unlinked.class);
        return new Outcome(
                input,
                links,
                inTimeOrder(new LastVerdicts(published).without(links)),
                unpublished(published),
                coverage(servers),
                read(settings, WorkerSettings.DEAD_LETTERS_TOPIC, serdes, DeadLetter.class),
                count("replay.linker.control"),
                prefixes,
                explanations);
    }

    private static List<LinkedEvent> links(LocalServers servers) {
        try (TableReader tables = new TableReader(servers.clickHouse())) {
            return new Links(tables).all();
        }
    }

    /** Over all hours, from the epoch on, because a dump may have any age. */
    private static List<Coverage.Count> coverage(LocalServers servers) {
        try (Lookup lookup = new Lookup(servers.clickHouse(), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
            CoverageQuestion all = new CoverageQuestion(null, null, Instant.EPOCH, CoverageQuestion.Step.DAY);
            return lookup.coverage(all) instanceof Answer.Found<Coverage> found
                    ? found.value().total()
                    : List.of();
        }
    }

    /** The join counts every event without a claim; of these it also publishes backend errors. */
    private Map<UnlinkedReason, Long> unpublished(List<Unlinked> published) {
        Map<UnlinkedReason, Long> counts = new EnumMap<>(UnlinkedReason.class);
        meters.find("replay.linker.unclaimed")
                .counters()
                .forEach(counter -> counts.merge(
                        UnlinkedReason.valueOf(String.valueOf(counter.getId().getTag("reason"))),
                        Math.round(counter.count()),
                        Long::sum));
        published.stream()
                .filter(verdict -> !verdict.getClaimed() && verdict.getReason() != UnlinkedReason.NO_EVIDENCE)
                .forEach(verdict -> counts.merge(verdict.getReason(), -1L, Long::sum));
        return counts;
    }

    private static List<Unlinked> inTimeOrder(List<Unlinked> verdicts) {
        return verdicts.stream()
                .sorted(Comparator.comparingLong(verdict -> verdict.getEvent().getReceivedMs()))
                .toList();
    }

    private static <T extends SpecificRecord> List<T> read(
            Settings settings, Setting<String> topic, ValueSerdes serdes, Class<T> type) {
        KafkaProperties kafka = new KafkaProperties(settings);
        try (Admin admin = Admin.create(kafka.admin())) {
            return new TopicContents(kafka.consumer("replay-linker-demo-reader"))
                    .read(new TopicEnds(admin).of(settings.get(topic)), serdes.decoder(type));
        }
    }

    private long count(String name) {
        return Math.round(meters.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum());
    }

    /** Waits for more input are short, because no more will come. */
    private static Settings settings(LocalServers servers) {
        Map<String, String> settings = new HashMap<>(servers.settings());
        settings.put("application.id", "replay-linker-demo");
        settings.put("schema.registry.url", "mock://demo");
        settings.put("shuffle.partitions", "1");
        settings.put("topics.partitions", "1");
        settings.put("topics.replication", "1");
        settings.put("topics.retention", "3650d");
        settings.put("context.retention", "3650d");
        settings.put("context.spans.retention", "3650d");
        settings.put("context.errors.retention", "3650d");
        settings.put("kafka.commit.interval.ms", "100");
        settings.put("kafka.producer.linger.ms", "5");
        settings.put("kafka.replication.factor", "1");
        return SettingsReader.of(settings);
    }
}
