package io.replaylinker.topology;

import io.replaylinker.topology.shuffle.PackingClients;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * {@link Routes} as the last step before the shuffle: sends each input to the topics of the steps that it concerns.
 */
final class RouteStep extends ContextualProcessor<byte[], JoinInput, byte[], JoinInput> {

    /** Its name, which is also the prefix of the names of its sinks. */
    static final String NAME = "route";

    static final String TO_RESOLVE = NAME + "-by-trace";
    static final String TO_CHOOSE = NAME + "-by-event";
    static final String TO_CONFIRM = NAME + "-by-replay";

    private final ShuffleSink resolve;
    private final ShuffleSink choose;
    private final ShuffleSink confirm;

    RouteStep(ShuffleSettings shuffle, PackingClients clients) {
        resolve = new ShuffleSink(TO_RESOLVE, shuffle.byTrace(), shuffle.partitions(), clients);
        choose = new ShuffleSink(TO_CHOOSE, shuffle.byEvent(), shuffle.partitions(), clients);
        confirm = new ShuffleSink(TO_CONFIRM, shuffle.byReplay(), shuffle.partitions(), clients);
    }

    @Override
    public void process(Record<byte[], JoinInput> record) {
        send(record, Routes.byTrace(record.key(), record.value()), resolve);
        send(record, Routes.byEvent(record.key(), record.value()), choose);
        send(record, Routes.byReplay(record.key(), record.value()), confirm);
    }

    private void send(Record<byte[], JoinInput> record, List<KeyValue<byte[], JoinInput>> routed, ShuffleSink sink) {
        for (KeyValue<byte[], JoinInput> one : routed) {
            sink.send(context(), record.withKey(one.key).withValue(one.value));
        }
    }
}
