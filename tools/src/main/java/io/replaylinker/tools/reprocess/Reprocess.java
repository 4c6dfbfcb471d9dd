package io.replaylinker.tools.reprocess;

import io.replaylinker.clickhouse.CurrentState;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.StallTimeout;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.wiring.CheckedProducer;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.ConsumerGroups;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.SourceConsumer;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * One run from the plan to the end. It reads the records of the range, and of the time around it that they need, through a join of its own.
 * It compares the output with the tables, and publishes the corrections to the worker's topics. Nothing is published before all is read.
 */
final class Reprocess {

    /** Events that are compared at once: one or two kilobytes each in memory, and one query to the tables. */
    static final int AT_ONCE = 20_000;

    private static final Duration SINK_STANDSTILL = Duration.ofSeconds(60);

    private final KafkaProperties kafka;
    private final ValueSerdes serdes;
    private final SourceTopics sources;
    private final TopologySettings topology;
    private final Map<String, String> sinkGroups;
    private final Supplier<TableReader> tables;
    private final String client;
    private final PrintWriter err;
    private final BooleanSupplier cancelled;
    private final Clock clock;
    private final TableRetries retries;

    Reprocess(Settings settings, PrintWriter err, BooleanSupplier cancelled, Clock clock) {
        this.kafka = new KafkaProperties(settings);
        this.serdes = SerdesWiring.serdes(settings);
        this.sources = new SourceTopics(settings);
        this.topology = new TopologyWiring(settings, serdes).topologySettings(WatermarkSettings.bounded());
        this.sinkGroups = ConsumerGroups.byTopic(settings);
        this.tables = () -> new TableReader(ClickHouseWiring.clickHouse(settings));
        this.client = kafka.applicationId() + "_reprocess";
        this.err = err;
        this.cancelled = cancelled;
        this.clock = clock;
        this.retries = new TableRetries(err, cancelled);
    }

    /**
     * Finds out what there is to read; changes nothing.
     *
     * @throws CommandFailedException if Kafka cannot be reached, or does not have the requested range
     */
    Plan plan(RangeRequest request) {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(kafka, client);
                Admin admin = Admin.create(kafka.admin())) {
            Planner planner = new Planner(
                    sources,
                    topology.topics(),
                    topology.join(),
                    consumer,
                    partitions -> TopicSizes.of(admin, partitions),
                    clock.instant());
            planner.requireOutputs();
            return planner.plan(request);
        }
    }

    /** Checks the tables before hours of work. */
    void requireTables() {
        try (TableReader reader = tables.get()) {
            reader.rows("looking for the tables", "SELECT 1 FROM replay_links LIMIT 0", Map.of(), row -> row);
        }
    }

    /**
     * Reads, compares and corrects.
     *
     * @param perSecond records to read a second at most; 0 for as many as can be
     * @param atOnce events to compare at once
     * @param tally of what changed
     */
    void run(Plan plan, int perSecond, int atOnce, Tally tally) throws InterruptedException {
        Verdicts verdicts = new Verdicts(plan.range());
        try (TableReader reader = tables.get()) {
            read(plan, verdicts, reader, perSecond);
            correct(verdicts, new Comparison(reader, retries, plan), atOnce, tally);
        }
    }

    private void read(Plan plan, Verdicts verdicts, TableReader tables, int perSecond) throws InterruptedException {
        Reading reading = new Reading(plan, verdicts, topology, cancelled);
        reading.learn(retries.ask(new CurrentState(tables)::affiliations));
        try (MergedReader reader = new MergedReader(SourceConsumer.of(kafka, client), plan, clock);
                Meter meter = Meter.start("reading", plan.records(), err)) {
            reading.run(reader, new Pace(perSecond), meter);
        }
    }

    private void correct(Verdicts verdicts, Comparison comparison, int atOnce, Tally tally)
            throws InterruptedException {
        try (Corrections corrections =
                        new Corrections(topology.topics(), serdes, new CheckedProducer(kafka.producer(), client));
                Arrival arrival = new Arrival(sinkGroups, Admin.create(kafka.admin()))) {
            BitSet changed = new BitSet();
            int[] part = {0};
            verdicts.each(atOnce, some -> changed.set(part[0]++, correct(comparison.events(some), corrections, tally)));
            verdicts.eachReplayState(
                    atOnce, some -> correctReplayStates(comparison.replayStates(some), corrections, tally));
            arrival.await(corrections, new StallTimeout(SINK_STANDSTILL, cancelled));
            verify(verdicts, comparison, atOnce, changed);
        }
    }

    /** Whether something was published, so that the tables have to be checked again. */
    private boolean correct(List<Change> changes, Corrections corrections, Tally tally) {
        if (cancelled.getAsBoolean()) {
            throw new CommandFailedException("stopped before the end");
        }
        changes.forEach(corrections::publish);
        corrections.flush();
        changes.forEach(tally::add);
        return changes.stream().anyMatch(Change::differs);
    }

    private static void correctReplayStates(List<ReplayState> replayStates, Corrections corrections, Tally tally) {
        replayStates.forEach(corrections::publish);
        corrections.flush();
        tally.addReplayStates(replayStates.size());
    }

    /** The tables must now hold what was found. */
    private static void verify(Verdicts verdicts, Comparison comparison, int atOnce, BitSet changed) {
        int[] part = {0};
        long[] differing = {0};
        verdicts.each(atOnce, some -> {
            if (changed.get(part[0]++)) {
                differing[0] +=
                        comparison.events(some).stream().filter(Change::differs).count();
            }
        });
        if (differing[0] > 0) {
            throw new CommandFailedException("the sinks have written everything, but the tables still differ for "
                    + differing[0] + " events; were other links written meanwhile? Run it again");
        }
    }
}
