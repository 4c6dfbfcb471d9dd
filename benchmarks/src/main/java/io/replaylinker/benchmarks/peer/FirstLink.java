package io.replaylinker.benchmarks.peer;

import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.WindowStore;

/** Lets the first link of each event pass, and remembers the event for as long as another one may come. */
final class FirstLink extends ContextualProcessor<byte[], Link, byte[], Link> {

    private static final byte[] SEEN = {};

    private final String storeName;
    private final LongAdder pairs;
    private WindowStore<Bytes, byte[]> seen;

    /** @param pairs counts the links that come in */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    FirstLink(String storeName, LongAdder pairs) {
        this.storeName = storeName;
        this.pairs = pairs;
    }

    @Override
    public void init(ProcessorContext<byte[], Link> context) {
        super.init(context);
        seen = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<byte[], Link> record) {
        pairs.increment();
        Id event = record.value().getEvent().getEventId();
        Bytes key = Bytes.wrap(event.bytes());
        long receivedMs = record.value().getEvent().getReceivedMs();
        if (seen.fetch(key, receivedMs) == null) {
            seen.put(key, SEEN, receivedMs);
            context().forward(record);
        }
    }
}
