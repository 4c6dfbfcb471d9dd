package io.replaylinker.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replaylinker.embedded.EmbeddedKafka;
import io.replaylinker.runtime.cli.CommandFailedException;
import io.replaylinker.runtime.cli.ExitCodes;
import io.replaylinker.runtime.cli.Program;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.testkit.DocumentedBlock;
import io.replaylinker.worker.start.StartCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The state of the join is its topics: a start refuses what is left of them when they were cut off, and {@code reset} drops them. */
class ShuffleStateIT {

    private static EmbeddedKafka kafka = EmbeddedKafka.start();

    private final Instant now = Instant.now();

    @TempDir
    private Path folder = Path.of("");

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void shouldStartOnStateThatIsWhole() {
        Installed app = new Installed("whole");
        app.write(app.byTrace(), 5);
        app.commit(app.byTrace(), 5);

        assertThatCode(() -> app.check().run()).doesNotThrowAnyException();
    }

    @Test
    void shouldReportWhatToDoWhenBlocksAreGoneThatWereNotRead() throws Exception {
        Installed app = new Installed("cut");
        app.write(app.byTrace(), 5);
        app.commit(app.byTrace(), 2);
        try (Admin admin = admin()) {
            admin.deleteRecords(Map.of(app.byTrace(), RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> app.check().run())
                .isInstanceOf(CommandFailedException.class)
                .hasMessageStartingWith(
                        "the topic cut-by-trace was deleted or truncated while the join used it: partition 0 was read up to offset 2 and holds 4 to 5 now")
                .hasMessageEndingWith("replay-linker reset");
    }

    @Test
    void shouldReportWhatToDoWhenATopicWasDeleted() {
        Installed app = new Installed("deleted");
        app.commit(app.byTrace(), 7);

        assertThatThrownBy(() -> app.check().run())
                .hasMessageContaining("was read up to offset 7 and holds 0 to 0 now");
    }

    @Test
    void shouldRefuseATopicThatKafkaWouldCutOff() throws Exception {
        kafka.createTopic("kept-by-event", 4, Map.of("retention.ms", "60000", "cleanup.policy", "delete"));
        Installed app = new Installed("kept");

        assertThatThrownBy(() -> app.check().run())
                .hasMessageStartingWith("the topic kept-by-event loses unread records by retention.ms=60000");
    }

    @Test
    void shouldOnlyReportWhatAResetWouldDo() throws Exception {
        Installed app = new Installed("reset");
        app.write(app.byTrace(), 1);
        app.commit(new TopicPartition("reset-events", 0), 0);

        assertThat(run(app, "reset")).isEqualTo(ExitCodes.OK);

        assertThat(out.toString())
                .contains("delete the topic reset-by-trace", "delete the topic reset-organizations")
                .contains("read the topic reset-events again from ")
                .endsWith("Nothing was changed. Stop all workers, and run the command with --yes.\n");
        assertThat(topics()).contains("reset-by-trace");
    }

    @Test
    void shouldPrintThePlanThatTheHandbookShows() throws Exception {
        List<String> sources =
                List.of("transactions", "generic-events", "ingest-spans", "events", "ingest-replay-events");
        sources.forEach(topic -> kafka.createTopic(topic, 1, Map.of()));
        Installed app = new Installed("replay-linker", Map.of());
        sources.forEach(topic -> app.commit(new TopicPartition(topic, 0), 0));

        assertThat(run(app, "reset")).isEqualTo(ExitCodes.OK);

        DocumentedBlock.of("docs/commands.md", "$ ./replay-linker reset --config worker.properties")
                .shows(
                        "./replay-linker reset --config worker.properties",
                        out.toString().replaceAll("again from .*", "again from 2026-11-30T09:47:12.614Z"));
        DocumentedBlock.of("docs/operations.md", "$ replay-linker reset")
                .shows(
                        "replay-linker reset",
                        out.toString().replaceAll("again from .*", "again from 2026-10-05T06:30:00Z"));
    }

    @Test
    void shouldDropTheStateAndReadTheSourcesAgain() throws Exception {
        // Given three events an hour apart, all read
        Installed app = new Installed("dropped");
        TopicPartition events = new TopicPartition("dropped-events", 0);
        for (int hours = 2; hours >= 0; hours--) {
            app.write(events, now.minus(Duration.ofHours(hours)));
        }
        app.commit(events, 3);
        app.commit(app.byTrace(), 9);
        kafka.createTopic("dropped-resolve-rows-changelog", 1, Map.of());
        assertThatThrownBy(() -> app.check().run()).hasMessageContaining("was deleted or truncated");

        // When
        assertThat(run(
                        app,
                        "reset",
                        "--yes",
                        "--since",
                        now.minus(Duration.ofMinutes(90)).toString()))
                .isEqualTo(ExitCodes.OK);

        // Then
        assertThat(topics())
                .doesNotContain("dropped-by-trace", "dropped-by-event", "dropped-by-replay", "dropped-organizations")
                .doesNotContain("dropped-resolve-rows-changelog")
                .contains("dropped-events");
        assertThat(app.committed()).isEqualTo(Map.of("dropped-events-0", 1L, "dropped-replays-0", 0L));
        new TopicsWiring(app.settings()).prepare();
        assertThatCode(() -> app.check().run()).doesNotThrowAnyException();
    }

    @Test
    void shouldSkipNothingThatWasNotRead() throws Exception {
        // Given a join that is ten hours behind, with an event an hour of which it has read five
        Installed app = new Installed("behind");
        TopicPartition events = new TopicPartition("behind-events", 0);
        for (int hours = 15; hours > 0; hours--) {
            app.write(events, now.minus(Duration.ofHours(hours)));
        }
        app.commit(events, 5);

        // When
        assertThat(run(app, "reset", "--yes")).isEqualTo(ExitCodes.OK);

        // Then the first unread one is of ten hours ago, and two hours and three quarters before that may still wait
        assertThat(app.committed()).isEqualTo(Map.of("behind-events-0", 3L));
    }

    @Test
    void shouldKeepTheStateWhenOnlyFormerTopicsAreDeleted() throws Exception {
        Installed app = new Installed("former");
        kafka.createTopic("former-by-trace-repartition", 1, Map.of());
        kafka.createTopic("former-other-repartition", 1, Map.of());

        assertThat(run(app, "reset", "--former", "--yes")).isEqualTo(ExitCodes.OK);

        assertThat(topics())
                .doesNotContain("former-by-trace-repartition")
                .contains("former-other-repartition", "former-by-trace", "former-organizations");
    }

    @Test
    void shouldNotDropTheStateUnderAWorker() throws Exception {
        Installed app = new Installed("busy");
        try (KafkaConsumer<byte[], byte[]> member = app.consumer()) {
            member.subscribe(List.of("busy-events"));
            while (member.assignment().isEmpty()) {
                member.poll(Duration.ofMillis(100));
            }

            assertThat(run(app, "reset", "--yes")).isEqualTo(ExitCodes.FAILURE);
        }

        assertThat(err.toString()).contains("the group busy has 1 members: stop all workers first");
        assertThat(topics()).contains("busy-by-trace");
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Installed app, String... arguments) throws IOException {
        CommandLine command = ReplayLinkerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        Path config = Files.writeString(
                folder.resolve("worker.properties"),
                app.content().entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n")));
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--config", config.toString()));
        return new Program(command).run(line.toArray(String[]::new));
    }

    private static Set<String> topics() throws ExecutionException, InterruptedException {
        try (Admin admin = admin()) {
            return admin.listTopics().names().get();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** An installation whose topics are made, and that never ran. */
    private static final class Installed {

        private final String name;
        private final Map<String, String> sources;

        Installed(String name) {
            this(
                    name,
                    Map.of(
                            "events.topics", name + "-events:sentry-json",
                            "spans.topics", "none",
                            "replays.topics", name + "-replays:sentry-json"));
        }

        /** @param sources the settings of the sources, whose topics are made already unless they have the name */
        Installed(String name, Map<String, String> sources) {
            this.name = name;
            this.sources = sources;
            kafka.createTopic(name + "-events", 1, Map.of());
            kafka.createTopic(name + "-replays", 1, Map.of());
            new TopicsWiring(settings()).prepare();
        }

        StartCheck check() {
            return new StartCheck(
                    new KafkaProperties(settings()), new SourceTopics(settings()), new ShuffleTopics(settings()));
        }

        Map<String, String> content() {
            Map<String, String> content = new HashMap<>(sources);
            content.put("kafka.bootstrap.servers", kafka.bootstrapServers());
            content.put("schema.registry.url", "mock://state");
            content.put("application.id", name);
            content.put("roles", "join");
            content.put("state.memory", "32m");
            return content;
        }

        Settings settings() {
            return SettingsReader.of(content());
        }

        TopicPartition byTrace() {
            return new TopicPartition(name + "-by-trace", 0);
        }

        void write(TopicPartition to, int records) {
            for (int i = 0; i < records; i++) {
                write(to, Instant.now());
            }
        }

        void write(TopicPartition to, Instant at) {
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(to.topic(), to.partition(), at.toEpochMilli(), null, new byte[] {1}));
            }
        }

        void commit(TopicPartition partition, long offset) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
                consumer.assign(List.of(partition));
                consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
            }
        }

        Map<String, Long> committed() throws ExecutionException, InterruptedException {
            try (Admin admin = admin()) {
                return admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata().get().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().toString(), entry -> entry.getValue()
                                .offset()));
            }
        }

        KafkaConsumer<byte[], byte[]> consumer() {
            return new KafkaConsumer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", name),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }
    }
}
