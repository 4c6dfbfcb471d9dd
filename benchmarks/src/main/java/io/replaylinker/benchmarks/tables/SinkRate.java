package io.replaylinker.benchmarks.tables;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.runtime.wiring.DecodedValues;
import io.replaylinker.schemas.Link;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.sinks.clickhouse.TableSink;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/** The product's sink on a topic of links, at its default settings. */
final class SinkRate {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final String bootstrapServers;
    private final ClickHouse clickHouse;

    SinkRate(String bootstrapServers, ClickHouse clickHouse) {
        this.bootstrapServers = bootstrapServers;
        this.clickHouse = clickHouse;
    }

    TopicSink<Link> sink(String topic, String group) {
        SinkSource<Link> source = SinkSource.of(
                topic,
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.GROUP_ID_CONFIG, group),
                new DecodedValues<>(SourceSchemas.serdes().decoder(Link.class)));
        return TableSink.LINKS.create(
                clickHouse, source, SinkSettings.DEFAULT, BadRows.stop(), new SimpleMeterRegistry());
    }

    /**
     * Carries all that is on the topic into the tables.
     *
     * @return nanoseconds from the first row that is safe to the last
     */
    long nanos(String topic, String group) throws Exception {
        Map<TopicPartition, Long> ends = ends(topic);
        try (TopicSink<Link> sink = sink(topic, group)) {
            sink.start();
            while (sink.committed().values().stream().mapToLong(Long::longValue).sum() == 0) {
                Thread.sleep(1);
            }
            long safeBefore = sink.committed().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long startedNanos = System.nanoTime();
            if (!sink.awaitCommitted(ends, TIMEOUT)) {
                throw new IllegalStateException("the sink did not come to the end: " + sink.failure());
            }
            long all = ends.values().stream().mapToLong(Long::longValue).sum();
            return (long) ((System.nanoTime() - startedNanos) * ((double) all / (all - safeBefore)));
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            return admin
                    .listOffsets(IntStream.range(0, LinkTopic.PARTITIONS)
                            .boxed()
                            .collect(Collectors.toMap(
                                    partition -> new TopicPartition(topic, partition), any -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        }
    }
}
