package io.replaylinker.topology;

import io.replaylinker.topology.shuffle.BlockSender;
import io.replaylinker.topology.shuffle.PackingClients;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The way of the entries of one task to a topic of the shuffle. Not thread-safe. */
final class ShuffleSink {

    private final String name;
    private final BlockSender blocks;
    private final JoinInputSerde.Writer writer = new JoinInputSerde.Writer();

    /**
     * Prepares the way.
     *
     * @param name of the sink in the topology, for the entries that go through Kafka Streams
     * @param topic that the sink writes
     */
    ShuffleSink(String name, String topic, int partitions, PackingClients clients) {
        this.name = name;
        this.blocks = new BlockSender(clients, topic, partitions);
    }

    <I extends JoinInput> void send(ProcessorContext<byte[], ? super I> context, Record<byte[], I> record) {
        if (!record.value().forAll() && blocks.isOpen()) {
            blocks.send(record.key(), writer.write(record.value()), record.timestamp());
            return;
        }
        context.forward(record, name);
        if (!record.value().forAll()) {
            blocks.sentByStreams();
        }
    }
}
