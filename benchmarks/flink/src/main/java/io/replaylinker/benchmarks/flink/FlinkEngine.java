package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.peer.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink's interval join in a local mini cluster: an event meets every observation of its replay or trace from {@code memory} before it to
 * {@code wait} after it, and a keyed step behind it lets one link an event pass. State is on the heap, checkpoints are files, one
 * every ten seconds, at least once.
 */
public final class FlinkEngine implements Engine {

    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);
    private static final long CHECKPOINT_EVERY_MS = 10_000;
    private static final TypeInformation<Tuple2<Long, Long>> KEY = Types.TUPLE(Types.LONG, Types.LONG);

    /** For the service loader. */
    public FlinkEngine() {}

    @Override
    public Outcome run(Job job) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(job.threads(), configuration(job));
        environment.enableCheckpointing(CHECKPOINT_EVERY_MS, CheckpointingMode.AT_LEAST_ONCE);
        environment.getConfig().enableObjectReuse();
        links(environment, job).sinkTo(sink(job));
        JobExecutionResult result = environment.execute("links");
        long endNanos = System.nanoTime();
        return new Outcome(
                result.<Long>getAccumulatorResult(Reading.STARTED),
                endNanos,
                result.<Long>getAccumulatorResult(Reading.RECORDS),
                result.<Long>getAccumulatorResult(MakeLinks.PAIRS));
    }

    /** Checkpoints as files, because the job manager's memory takes 5 MB; a job that fails is not started again. */
    private static Configuration configuration(Job job) {
        return Configuration.fromMap(Map.of(
                "execution.checkpointing.storage", "filesystem",
                "execution.checkpointing.dir",
                        job.folder().resolve("checkpoints").toUri().toString(),
                "restart-strategy.type", "none"));
    }

    private static DataStream<byte[]> links(StreamExecutionEnvironment environment, Job job) {
        var sources = job.sources();
        KeyedStream<Compact, Tuple2<Long, Long>> claims =
                keyed(read(environment, job, List.of(sources.events(), sources.transactions()))
                        .flatMap(new ReadClaims(sources.format())));
        KeyedStream<Compact, Tuple2<Long, Long>> observations = keyed(
                read(environment, job, List.of(sources.replays())).flatMap(new ReadObservations(sources.format())));
        return claims.intervalJoin(observations)
                .between(job.memory().negated(), job.waitFor())
                .process(new MakeLinks(job.output()))
                .keyBy(Compact::key, KEY)
                .process(
                        new FirstLinks(job.memory().plus(job.waitFor())),
                        PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    }

    /** Watermarks are each partition's own, taken from the records' timestamps, so that a topic read faster makes no other one late. */
    private static DataStream<byte[]> read(StreamExecutionEnvironment environment, Job job, List<String> topics) {
        KafkaSource<byte[]> source = KafkaSource.<byte[]>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setTopics(topics)
                .setGroupId(job.output())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new Bytes())
                .build();
        return environment.fromSource(
                source, WatermarkStrategy.forBoundedOutOfOrderness(OUT_OF_ORDER), String.join(",", topics));
    }

    private static KeyedStream<Compact, Tuple2<Long, Long>> keyed(DataStream<Compact> records) {
        return records.keyBy(Compact::key, KEY);
    }

    private static KafkaSink<byte[]> sink(Job job) {
        return KafkaSink.<byte[]>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setProperty("compression.type", "lz4")
                .setRecordSerializer(KafkaRecordSerializationSchema.<byte[]>builder()
                        .setTopic(job.output())
                        .setValueSerializationSchema(new BytesOut())
                        .build())
                .build();
    }
}
