package io.replaylinker.topology;

import io.replaylinker.topology.shuffle.Block;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The pipeline without the join: sources, decode, claim and observe, then each compact record through one shuffle and
 * out to a topic. It is the baseline for the cost of the join.
 */
public final class ShuffleCopy {

    private static final String COPIED = "copied";

    /** Suffix of its shuffle's name. */
    static final String TOPIC = "-" + COPIED + "-repartition";

    private final ReplayLinkTopology pipeline;
    private final int partitions;
    private final String topic;

    /**
     * Prepares the copy.
     *
     * @param partitions of the shuffle
     * @param topic receives the compact records, in the internal form of the repartition topics
     */
    public ShuffleCopy(ReplayLinkTopology pipeline, int partitions, String topic) {
        this.pipeline = pipeline;
        this.partitions = partitions;
        this.topic = topic;
    }

    /** Builds the topology. All its nodes and topics are named. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<byte[], JoinInput> inputs = pipeline.inputs(builder).flatMap(Routes::once, Named.as("route-once"));
        inputs.repartition(Repartitioned.with(Serdes.ByteArray(), new JoinInputSerde())
                        .withName(COPIED)
                        .withNumberOfPartitions(partitions)
                        .withStreamPartitioner(Routes.partitioner()))
                .process(Unpack::new, Named.as("unpack"))
                .to(
                        topic,
                        Produced.with(Serdes.ByteArray(), new JoinInputSerde()).withName("write-copies"));
        return builder.build();
    }

    private static final class Unpack extends ContextualProcessor<byte[], JoinInput, byte[], JoinInput> {

        private final JoinInputSerde.Reader entries = new JoinInputSerde.Reader();

        @Override
        public void process(Record<byte[], JoinInput> record) {
            Block.read(
                    ((JoinInput.Packed) record.value()).block(),
                    record.timestamp(),
                    (block, from, length, timestampMs) -> context()
                            .forward(record.withValue(entries.read(block, from, length))
                                    .withTimestamp(timestampMs)));
        }
    }
}
