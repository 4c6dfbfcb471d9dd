package io.replaylinker.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.ClickHouseSettings;
import io.replaylinker.clickhouse.Migrations;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.query.LinkedEvent;
import io.replaylinker.clickhouse.query.Links;
import io.replaylinker.embedded.EmbeddedClickHouse;
import io.replaylinker.embedded.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a worker stands between: a real Kafka with Sentry's topics, and a real ClickHouse with the tables. */
public final class Installation implements AutoCloseable {

    /** How long whatever a worker brings about may take. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    public static final String EVENTS = "events";
    public static final String REPLAYS = "ingest-replay-events";

    private static final String DATABASE = "default";

    private final EmbeddedKafka kafka;

    private final EmbeddedClickHouse server = EmbeddedClickHouse.start();

    private Installation(Map<String, String> brokerProperties) {
        kafka = EmbeddedKafka.start(brokerProperties);
    }

    /** With one partition a topic, as a self-hosted Sentry has them. A worker that was killed may be missed soon. */
    public static Installation start() {
        return start(Map.of("group.min.session.timeout.ms", "1000"));
    }

    /** The same on a broker with other properties. */
    public static Installation start(Map<String, String> brokerProperties) {
        Installation installation = new Installation(brokerProperties);
        List.of(EVENTS, "transactions", REPLAYS).forEach(installation::createTopic);
        installation.createTables(DATABASE);
        return installation;
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedClickHouse server() {
        return server;
    }

    public void createTopic(String name) {
        kafka.createTopic(name, 1, Map.of());
    }

    public void createTables(String database) {
        new Migrations(clickHouse(database)).apply(step -> {});
    }

    /** Settings of a worker here: quick, and no more partitions than a test needs. Those given come over them. */
    public Map<String, String> settings(Path folder, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("kafka.commit.interval.ms", "100");
        settings.put("schema.registry.url", "mock://" + folder.getFileName());
        settings.put("shuffle.partitions", "1");
        settings.put("topics.partitions", "1");
        settings.put("http.port", "0");
        settings.put("topics.replication", "1");
        settings.put("clickhouse.url", server.httpUrl());
        settings.put("clickhouse.database", DATABASE);
        settings.put("clickhouse.compress", "false");
        settings.putAll(more);
        return settings;
    }

    /** A worker in a process of its own, with its settings and its log in that folder. */
    public WorkerProcess worker(Path folder, Map<String, String> more) throws IOException {
        return WorkerProcess.start(folder, settings(folder, more));
    }

    /** Returns when the broker has them all. */
    public void produce(String topic, List<String> values) throws ExecutionException, InterruptedException {
        try (Producer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            List<Future<RecordMetadata>> sent = values.stream()
                    .map(value -> producer.send(new ProducerRecord<>(topic, value)))
                    .toList();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    public void produce(String topic, String... values) throws ExecutionException, InterruptedException {
        produce(topic, Arrays.asList(values));
    }

    /** How many records a topic's only partition has; 0 for a topic that is not there yet. */
    public long count(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            return consumer.listTopics().containsKey(topic)
                    ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L)
                    : 0;
        }
    }

    /** All values of a topic's only partition, up to its present end. */
    public List<byte[]> values(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<byte[]> values = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    private Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** What a group has committed of a topic's only partition; offset 0 if nothing. */
    public OffsetAndMetadata committed(String group, String topic) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            OffsetAndMetadata committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, 0));
            return committed == null ? new OffsetAndMetadata(0) : committed;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The links that hold. */
    public List<LinkedEvent> links() {
        try (TableReader tables = new TableReader(clickHouse(DATABASE))) {
            return new Links(tables).all();
        }
    }

    /** The first column of what a query answers, as text; tables are named with their database. */
    public List<String> query(String sql) {
        try (Connection connection = clickHouse(DATABASE).connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(String.valueOf(result.getString(1)));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public void execute(String sql) {
        try (Connection connection = clickHouse(DATABASE).connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits for what the workers bring about, for as long as all of them live. */
    public static void await(String what, BooleanSupplier condition, WorkerProcess... workers) throws IOException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            for (WorkerProcess worker : workers) {
                assertThat(worker.isAlive()).as(what + "\n" + worker.log()).isTrue();
            }
            assertThat(System.nanoTime()).as(what + "\n" + logs(workers)).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static String logs(WorkerProcess... workers) throws IOException {
        StringBuilder logs = new StringBuilder();
        for (WorkerProcess worker : workers) {
            logs.append(worker.log());
        }
        return logs.toString();
    }

    private ClickHouse clickHouse(String database) {
        return new ClickHouse(ClickHouseSettings.of(server.httpUrl(), database, server.user(), server.password())
                .uncompressed());
    }

    @Override
    public void close() {
        server.close();
        kafka.close();
    }
}
