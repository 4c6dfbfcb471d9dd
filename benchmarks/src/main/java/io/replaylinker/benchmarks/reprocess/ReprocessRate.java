package io.replaylinker.benchmarks.reprocess;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.benchmarks.join.BrokerProcess;
import io.replaylinker.benchmarks.join.WorkFolder;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.Prefill;
import io.replaylinker.benchmarks.workload.Shape;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.benchmarks.workload.Workload;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.tools.ReplayLinkerCommand;
import io.replaylinker.worker.lifecycle.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The command itself, beside a sink, with broker and engine in processes of their own. */
final class ReprocessRate {

    private static final SourceTopics TOPICS = new SourceTopics(Format.AVRO, Shape.EVEN);

    private final Path work;
    private final int events;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * Of one measurement, input records a second.
     *
     * @param records of all topics, as often as each run reads them
     * @param filling into empty tables, until the sinks have carried everything into them
     * @param comparing once more, when all is as it is to be
     */
    record Rates(long records, double filling, double comparing) {}

    ReprocessRate(Path work, int events, long seed, Consumer<String> progress) {
        this.work = work;
        this.events = events;
        this.seed = seed;
        this.progress = progress;
    }

    Rates run() throws Exception {
        // So long ago that nobody waits, and not so long that the tables forget.
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(4));
        try (WorkFolder folder = WorkFolder.create(work);
                EmbeddedClickHouse engine =
                        EmbeddedClickHouse.start(folder.path().resolve("clickhouse"));
                BrokerProcess broker = BrokerProcess.start(folder.path())) {
            broker.createTopics(TOPICS.all(), 1);
            long records = new Prefill(Workload.ofEvents(seed, Shape.EVEN, events), TOPICS, 1, start)
                    .write(broker.bootstrapServers())
                    .records();
            Path config = config(folder.path(), broker, engine);
            Settings settings = SettingsReader.read(config, Map.of());
            new Migrations(ClickHouseWiring.clickHouse(settings)).apply(line -> {});
            new TopicsWiring(settings).prepare();
            progress.accept("%,d records".formatted(records));
            Worker sink = sink(config);
            try {
                double filling = rate("filling", config, start, records);
                return new Rates(records, filling, rate("comparing", config, start, records));
            } finally {
                sink.close();
            }
        }
    }

    private static Path config(Path folder, BrokerProcess broker, EmbeddedClickHouse engine) throws IOException {
        SourceSchemas.serdes();
        Map<String, String> settings = Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "schema.registry.url",
                SourceSchemas.REGISTRY_URL,
                "events.topics",
                TOPICS.events() + ":avro," + TOPICS.transactions() + ":avro",
                "replays.topics",
                TOPICS.replays() + ":avro",
                "topics.replication",
                "1",
                "http.port",
                "0",
                "clickhouse.url",
                engine.httpUrl(),
                "clickhouse.user",
                engine.user());
        return Files.writeString(
                folder.resolve("worker.properties"),
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
    }

    private static Worker sink(Path config) {
        return Worker.start(
                SettingsReader.read(config, Map.of("REPLAY_LINKER_ROLES", "sink")), new SimpleMeterRegistry());
    }

    private double rate(String what, Path config, Instant start, long records) {
        StringWriter output = new StringWriter();
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(output));
        command.setErr(new PrintWriter(output));
        long startedNanos = System.nanoTime();
        int code = new Program(command)
                .run(
                        "reprocess",
                        "--config",
                        config.toString(),
                        "--from",
                        start.minus(Duration.ofMinutes(1)).toString(),
                        "--to",
                        start.plus(Duration.ofMinutes(11)).toString());
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        progress.accept("%s took %.1f s%n%s".formatted(what, seconds, output));
        if (code != 0) {
            throw new IllegalStateException(what + " ended with " + code);
        }
        return records / seconds;
    }
}
