package io.replaylinker.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replaylinker.benchmarks.workload.EvidenceReading;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Span;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.claim.ClaimReader;
import io.replaylinker.topology.claim.SpanReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The decoders against Jackson's tree on the same bytes, messages of real SDK traffic one after the other. {@code compact} goes on
 * to the record that is shuffled, {@code tokens} is the floor of a general parser: Jackson walking over every token and taking none.
 *
 * <p>An iteration is an amount of work and not of time, so that a busy machine warms up the same code.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 20, batchSize = DecodeBenchmark.PASSES)
@Measurement(iterations = 20, batchSize = DecodeBenchmark.PASSES)
@Fork(value = 3, jvmArgsAppend = "-Xmx1g")
public class DecodeBenchmark {

    /** A moment after the capture, as the timestamp of its records. */
    private static final long RECORD_MS = 1_795_174_700_000L;

    private static final String REPLAYS = "ingest-replay-events";

    /** Times that an iteration goes over the messages. */
    static final int PASSES = 400;

    /**
     * Which messages: {@code backend} is events and transactions, {@code spans} are segments and calls of other services,
     * {@code inner-spans} all others, which are skipped.
     */
    @Param({"backend", "replays", "spans", "inner-spans"})
    public String messages = "backend";

    private final ObjectMapper mapper = new ObjectMapper();
    private final JsonFactory factory = new JsonFactory();
    private final Headers headers = new RecordHeaders();
    private final ClaimReader claims = EvidenceReading.claims();
    private final SpanReader edges = EvidenceReading.spans();
    private List<byte[]> values = List.of();
    private RecordDecoder<?> decoder = new SentryEventDecoder();

    /** Reads the capture. */
    @Setup
    public void load() {
        decoder = switch (messages) {
            case "backend" -> new SentryEventDecoder();
            case "replays" -> new SentryReplayDecoder();
            default -> new SentrySpanDecoder();
        };
        values = switch (messages) {
            case "backend" -> CaptureMessages.values(topic -> !topic.equals(REPLAYS));
            case "replays" -> CaptureMessages.values(REPLAYS::equals);
            default -> spans(messages.equals("spans"));
        };
    }

    private List<byte[]> spans(boolean taken) {
        return CaptureMessages.ofSdk11("ingest-spans"::equals).stream()
                .filter(value -> decoder.decode("", headers, value) instanceof Decoded.Value<?> == taken)
                .toList();
    }

    /** Bytes to the model. */
    @Benchmark
    public void decode(Work work, Blackhole sink) {
        for (byte[] value : values) {
            sink.consume(decoder.decode("", headers, value));
            work.bytes += value.length;
        }
    }

    /** Bytes to what is shuffled: the claim with few fields of the event, or of a call of another service its edge. */
    @Benchmark
    public void compact(Work work, Blackhole sink) {
        for (byte[] value : values) {
            if (decoder.decode("", headers, value) instanceof Decoded.Value<?> decoded) {
                sink.consume(compacted(decoded.value()));
            }
            work.bytes += value.length;
        }
    }

    private @Nullable Object compacted(Object decoded) {
        if (decoded instanceof Span span && !span.getIsSegment()) {
            return edges.edge(span, RECORD_MS);
        }
        BackendEvent event = decoded instanceof Span segment ? SpanReader.segment(segment) : asEvent(decoded);
        return event == null ? null : claims.read(event, RECORD_MS);
    }

    private static @Nullable BackendEvent asEvent(Object decoded) {
        return decoded instanceof BackendEvent event ? event : null;
    }

    /** Bytes to Jackson's tree. */
    @Benchmark
    public void tree(Work work, Blackhole sink) throws IOException {
        for (byte[] value : values) {
            sink.consume(mapper.readTree(value));
            work.bytes += value.length;
        }
    }

    /** Bytes to tokens, and nothing of them. */
    @Benchmark
    public void tokens(Work work, Blackhole sink) throws IOException {
        for (byte[] value : values) {
            try (JsonParser parser = factory.createParser(value)) {
                parser.nextToken();
                sink.consume(parser.skipChildren());
            }
            work.bytes += value.length;
        }
    }
}
