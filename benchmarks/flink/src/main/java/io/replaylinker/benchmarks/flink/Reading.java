package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.AvroBinary;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.accumulators.LongMinimum;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages with the product's decoders, and notes how many there were and when the first one came.
 *
 * @param <T> value of a message
 * @param <C> its compact form
 */
abstract class Reading<T, C extends SpecificRecord> extends RichFlatMapFunction<byte[], Compact> {

    static final String RECORDS = "records";
    static final String STARTED = "started";

    private static final long serialVersionUID = 1L;
    private static final byte[] NO_HEAD = {};

    private final LongCounter records = new LongCounter();
    private final LongMinimum started = new LongMinimum();
    private final Format format;
    private transient @Nullable RecordDecoder<T> decoder;
    private transient @Nullable AvroBinary<C> binary;

    Reading(Format format) {
        this.format = format;
    }

    abstract RecordDecoder<T> decoder(Format format);

    /** Schema of the compact form. */
    abstract Schema schema();

    @Override
    public void open(OpenContext context) {
        decoder = decoder(format);
        binary = new AvroBinary<>(schema());
        getRuntimeContext().addAccumulator(RECORDS, records);
        getRuntimeContext().addAccumulator(STARTED, started);
    }

    final @Nullable T read(byte[] message) {
        if (records.getLocalValuePrimitive() == 0) {
            started.add(System.nanoTime());
        }
        records.add(1L);
        return opened(decoder).decode("", new RecordHeaders(), message) instanceof Decoded.Value<T> value
                ? value.value()
                : null;
    }

    final Compact compact(Id key, long timeMs, C value) {
        return new Compact(key.bytes(), timeMs, opened(binary).write(NO_HEAD, value));
    }

    private static <O> O opened(@Nullable O made) {
        if (made == null) {
            throw new IllegalStateException("Flink calls open before anything else");
        }
        return made;
    }

    static RecordDecoder<BackendEvent> events(Format format) {
        return format == Format.AVRO ? SourceSchemas.serdes().decoder(BackendEvent.class) : new SentryEventDecoder();
    }

    static RecordDecoder<ReplaySegment> segments(Format format) {
        return format == Format.AVRO ? SourceSchemas.serdes().decoder(ReplaySegment.class) : new SentryReplayDecoder();
    }
}
