package io.replaylinker.topology;

import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.DeadLetters;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The first step of every record: decodes its bytes to the model, or to a dead letter. Streams reads bytes only, so
 * that no deserializer can stop it.
 */
final class DecodeStep<T> extends ContextualProcessor<byte[], byte[], byte[], Decoding<T>> {

    private final RecordDecoder<T> decoder;
    private final DeadLetters deadLetters;
    private final RejectionLimit limit;
    private final JoinCounts counts;

    DecodeStep(RecordDecoder<T> decoder, DeadLetters deadLetters, RejectionLimit limit, JoinCounts counts) {
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.limit = limit;
        this.counts = counts;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata source = context().recordMetadata().orElseThrow();
        counts.record(source.topic(), record.timestamp());
        Decoded<T> decoded = decoder.decode(source.topic(), record.headers(), record.value());
        limit.record(source.topic(), decoded instanceof Decoded.Rejection<T>);
        DeadLetter deadLetter = null;
        if (decoded instanceof Decoded.Control<T> control) {
            counts.control(source.topic(), control.operation());
            return;
        } else if (decoded instanceof Decoded.Tombstones<T> tombstones) {
            counts.control(source.topic(), tombstones.operation());
            counts.malformedEventIds(tombstones.malformedIds());
        } else if (decoded instanceof Decoded.IssueChange<T> change) {
            counts.control(source.topic(), change.operation());
        } else if (decoded instanceof Decoded.Rejection<T> rejection) {
            counts.rejected(source.topic(), rejection.reason());
            deadLetter = deadLetters.create(
                    source.topic(),
                    source.partition(),
                    source.offset(),
                    record.timestamp(),
                    record.value(),
                    rejection.reason().name(),
                    rejection.detail(),
                    rejection.exceptionClass());
        }
        // Without key and headers: no later step needs them, and they may be megabytes.
        context().forward(new Record<>(null, new Decoding<>(decoded, deadLetter), record.timestamp()));
    }
}
