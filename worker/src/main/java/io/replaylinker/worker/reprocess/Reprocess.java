package io.replaylinker.worker.reprocess;

import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.sinks.clickhouse.StandingFacts;
import io.replaylinker.sinks.clickhouse.TableReader;
import io.replaylinker.topology.ReplaySideSettings;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.worker.cli.CommandFailedException;
import io.replaylinker.worker.lifecycle.Patience;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.wiring.ClickHouseWiring;
import io.replaylinker.worker.wiring.KafkaProperties;
import io.replaylinker.worker.wiring.SerdesWiring;
import io.replaylinker.worker.wiring.SourceConsumer;
import io.replaylinker.worker.wiring.TopologyWiring;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * One run from the plan to the end: it reads the records of the range, and of the time around it that they need, through a join of its
 * own; compares what that says with what the tables say; and says on the worker's topics what has to change. Nothing is written before
 * all is read.
 */
final class Reprocess {

    /** Events that are compared at once: some hundred bytes each in memory, and one look at the tables. */
    private static final int AT_ONCE = 20_000;

    private static final Duration SINK_STANDSTILL = Duration.ofSeconds(60);

    private final Settings settings;
    private final ValueSerdes serdes;
    private final Run run;
    private final PrintWriter err;
    private final BooleanSupplier cancelled;
    private final Clock clock;
    private final TableRetries retries;

    Reprocess(Settings settings, Run run, PrintWriter err, BooleanSupplier cancelled, Clock clock) {
        this.settings = settings;
        this.serdes = SerdesWiring.serdes(settings);
        this.run = run;
        this.err = err;
        this.cancelled = cancelled;
        this.clock = clock;
        this.retries = new TableRetries(err, cancelled);
    }

    /**
     * Finds out what there is to read; changes nothing anywhere.
     *
     * @throws CommandFailedException if Kafka is away, or has not what was asked for
     */
    Plan plan(RangeRequest request) {
        try (Consumer<byte[], byte[]> consumer = SourceConsumer.of(settings, run.name());
                Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
            Planner planner =
                    new Planner(settings, consumer, partitions -> TopicSizes.of(admin, partitions), clock.instant());
            planner.requireOutputs();
            return planner.plan(request);
        }
    }

    /** A look at the tables before hours of work. */
    void requireTables() {
        try (TableReader tables = tables()) {
            tables.rows("looking for the tables", "SELECT 1 FROM replay_links LIMIT 0", Map.of(), row -> row);
        }
    }

    /**
     * Reads, compares and corrects; goes on where an earlier life of the run stopped.
     *
     * @param perSecond records to read a second at most; 0 for as many as can be
     * @return what changed, in the run's store
     */
    Tally run(RunStore store, Plan plan, int perSecond) throws InterruptedException {
        TopologySettings shape = new TopologyWiring(settings, serdes).shape(ReplaySideSettings.bounded());
        Verdicts verdicts = new Verdicts(store.table('v'), store.table('l'), plan.range());
        try (TableReader tables = tables()) {
            if (!Reading.isDone(store)) {
                read(store, plan, new Reading(store, plan, verdicts, shape, cancelled), tables, perSecond);
            }
            return correct(store, verdicts, new Comparison(tables, retries, plan));
        }
    }

    private void read(RunStore store, Plan plan, Reading reading, TableReader tables, int perSecond)
            throws InterruptedException {
        if (Reading.isNew(store)) {
            reading.learn(retries.ask(new StandingFacts(tables)::affiliations));
        }
        try (MergedReader reader = new MergedReader(
                        SourceConsumer.of(settings, run.name()), plan, Reading.positions(store), clock);
                Meter meter = Meter.start("reading", plan.records(), err)) {
            reading.run(reader, new Pace(perSecond), meter);
        }
    }

    private Tally correct(RunStore store, Verdicts verdicts, Comparison comparison) throws InterruptedException {
        Tally tally = new Tally(store);
        try (Corrections corrections = new Corrections(settings, serdes, run.name(), tally.said());
                Arrival arrival = new Arrival(settings)) {
            long[] slot = {0};
            verdicts.each(AT_ONCE, some -> {
                if (slot[0]++ >= tally.slots()) {
                    tally.addSlot(correct(comparison.events(some), corrections, tally));
                    tally.said(corrections.ends());
                    store.commit();
                }
            });
            if (!tally.hasLives()) {
                tally.addLives(0);
                verdicts.eachLife(AT_ONCE, some -> correctLives(comparison.lives(some), corrections, tally));
                tally.said(corrections.ends());
                store.commit();
            }
            arrival.await(corrections, new Patience(SINK_STANDSTILL, cancelled));
            verify(verdicts, comparison, tally);
        }
        return tally;
    }

    private boolean correct(List<Change> changes, Corrections corrections, Tally tally) {
        if (cancelled.getAsBoolean()) {
            throw new CommandFailedException("stopped before the end");
        }
        changes.forEach(corrections::say);
        corrections.flush();
        changes.forEach(tally::add);
        return changes.stream().anyMatch(Reprocess::differs);
    }

    private static void correctLives(List<ReplayLife> lives, Corrections corrections, Tally tally) {
        lives.forEach(corrections::say);
        corrections.flush();
        tally.addLives(lives.size());
    }

    /** What the tables say now must be what was found. */
    private static void verify(Verdicts verdicts, Comparison comparison, Tally tally) {
        long[] slot = {0};
        long[] differing = {0};
        verdicts.each(AT_ONCE, some -> {
            if (tally.isChanged(slot[0]++)) {
                differing[0] += comparison.events(some).stream()
                        .filter(Reprocess::differs)
                        .count();
            }
        });
        if (differing[0] > 0) {
            throw new CommandFailedException(
                    "the sinks have taken everything, but of " + differing[0]
                            + " events the tables still say something else; was something else written meanwhile? Run it again");
        }
    }

    private static boolean differs(Change change) {
        return change.kind() != Change.Kind.SAME && change.kind() != Change.Kind.KEPT;
    }

    private TableReader tables() {
        return new TableReader(ClickHouseWiring.clickHouse(settings));
    }
}
