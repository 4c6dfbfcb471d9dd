package io.replaylinker.topology;

import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * {@link Routes} as the last step before the shuffle: forwards each input directly to the sinks of the steps that it
 * concerns.
 */
final class RouteStep extends ContextualProcessor<byte[], JoinInput, byte[], JoinInput> {

    /** Its name, which is also the prefix of the names of its sinks. */
    static final String NAME = "route";

    static final String TO_RESOLVE = NAME + "-by-trace";
    static final String TO_CHOOSE = NAME + "-by-event";
    static final String TO_CONFIRM = NAME + "-by-replay";

    @Override
    public void process(Record<byte[], JoinInput> record) {
        forward(record, Routes.byTrace(record.key(), record.value()), TO_RESOLVE);
        forward(record, Routes.byEvent(record.key(), record.value()), TO_CHOOSE);
        forward(record, Routes.byReplay(record.key(), record.value()), TO_CONFIRM);
    }

    private void forward(Record<byte[], JoinInput> record, List<KeyValue<byte[], JoinInput>> routed, String sink) {
        for (KeyValue<byte[], JoinInput> one : routed) {
            context().forward(record.withKey(one.key).withValue(one.value), sink);
        }
    }
}
