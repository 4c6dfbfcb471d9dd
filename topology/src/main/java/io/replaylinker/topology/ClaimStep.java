package io.replaylinker.topology;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Decoded;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** {@link ClaimInputs} as a step of the topology. */
final class ClaimStep<T> extends ContextualProcessor<byte[], Decoding<T>, byte[], Object> {

    /** Prefix of the names of its child nodes. */
    static final String INPUTS = "inputs-of";

    static final String UNLINKED = "unlinked-of";

    static final String NODES = "trace-nodes-of";

    /** Reads one value of a source. */
    interface Reading<T> {
        void read(ClaimInputs inputs, T value, long recordMs, ClaimInputs.Sink sink);
    }

    static final Reading<BackendEvent> EVENTS = ClaimInputs::event;
    static final Reading<Span> SPANS = ClaimInputs::span;

    private final String topic;
    private final Reading<T> reading;
    private final ClaimInputs inputs;

    ClaimStep(String topic, Reading<T> reading, ClaimInputs inputs) {
        this.topic = topic;
        this.reading = reading;
        this.inputs = inputs;
    }

    @Override
    public void process(Record<byte[], Decoding<T>> record) {
        Forward forward = new Forward(context(), record);
        Decoded<T> decoded = record.value().result();
        if (decoded instanceof Decoded.Value<T> read) {
            reading.read(inputs, read.value(), record.timestamp(), forward);
        } else if (decoded instanceof Decoded.Tombstones<T> tombstones) {
            inputs.deleted(tombstones, record.timestamp(), forward);
        } else if (decoded instanceof Decoded.IssueChange<T> change) {
            inputs.changed(change, record.timestamp(), forward);
        }
    }

    private final class Forward implements ClaimInputs.Sink {
        private final ProcessorContext<byte[], Object> context;
        private final Record<byte[], ?> record;

        Forward(ProcessorContext<byte[], Object> context, Record<byte[], ?> record) {
            this.context = context;
            this.record = record;
        }

        @Override
        public void accept(JoinInput input) {
            context.forward(record.withValue(input), INPUTS + "-" + topic);
        }

        @Override
        public void unlinked(Unlinked unlinked) {
            context.forward(
                    record.withKey(unlinked.getEvent().getEventId().bytes())
                            .withValue(unlinked)
                            .withHeaders(OutputHeaders.of(unlinked)),
                    UNLINKED + "-" + topic);
        }

        /** By the trace, so that a partition has all of a trace; what has none goes anywhere. */
        @Override
        public void node(TraceNode node) {
            Id trace = node.getTraceId();
            context.forward(record.withKey(trace == null ? null : trace.bytes()).withValue(node), NODES + "-" + topic);
        }
    }
}
