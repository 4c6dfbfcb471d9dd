package io.replaylinker.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.Ids;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.topology.join.JoinSettings;
import io.replaylinker.topology.join.Rows;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The whole topology without a broker: records in, verdicts out, and a wall clock that a test moves. */
public final class Pipeline implements AutoCloseable {

    /** Also the folder of its state, which two builds at once must not share. */
    private static final String APPLICATION_ID =
            "pipeline-" + ProcessHandle.current().pid();

    private static final ShuffleSettings SHUFFLE = new ShuffleSettings(APPLICATION_ID, 1, 256 << 20);

    private static final String DELETIONS = "transactions";

    private final ReplayLinkTopology topology;
    private final TopologyTestDriver driver;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OutputSerdes serdes = PlainAvro.outputs();
    private final List<Link> links = new ArrayList<>();

    Pipeline() {
        this(JoinSettings.defaults());
    }

    Pipeline(JoinSettings join) {
        this(settings(join, WatermarkSettings.defaults()));
    }

    private Pipeline(TopologySettings settings) {
        topology = new ReplayLinkTopology(
                settings,
                meters,
                Clock.fixed(Instant.ofEpochMilli(Samples.TEN).plus(Duration.ofDays(3)), ZoneOffset.UTC));
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(topology.build(), config, Instant.ofEpochMilli(Samples.TEN));
    }

    /** With Sentry's own JSON on the source topics. */
    static Pipeline ofSentry() {
        return ofSentry(ContextSettings.OFF);
    }

    /** The same with trees of traces. */
    static Pipeline ofSentry(ContextSettings context) {
        TopologySettings plain = settings(JoinSettings.defaults(), WatermarkSettings.defaults());
        return new Pipeline(new TopologySettings(
                List.of(new Source<>("events", () -> new SentryEventDecoder(context.written()))),
                List.of(),
                List.of(new Source<>("ingest-replay-events", SentryReplayDecoder::new)),
                plain.topics(),
                plain.serdes(),
                plain.evidence(),
                plain.join(),
                plain.watermark(),
                plain.shuffle(),
                plain.deadLetters(),
                context));
    }

    /** Avro, but for Sentry's JSON on the topic of transactions, because deletions come in no other form. */
    public static Pipeline withDeletions(JoinSettings join) {
        TopologySettings plain = settings(join, WatermarkSettings.defaults());
        return new Pipeline(new TopologySettings(
                List.of(plain.events().get(0), new Source<>(DELETIONS, SentryEventDecoder::new)),
                plain.spans(),
                plain.replays(),
                plain.topics(),
                plain.serdes(),
                plain.evidence(),
                plain.join(),
                plain.watermark(),
                plain.shuffle(),
                plain.deadLetters(),
                ContextSettings.OFF));
    }

    static TopologySettings settings(JoinSettings join, WatermarkSettings watermark) {
        return new TopologySettings(
                List.of(
                        new Source<>("events", () -> PlainAvro.decoder(BackendEvent.getClassSchema())),
                        new Source<>("transactions", () -> PlainAvro.decoder(BackendEvent.getClassSchema()))),
                List.of(new Source<>("ingest-spans", () -> PlainAvro.decoder(Span.getClassSchema()))),
                List.of(new Source<>("ingest-replay-events", () -> PlainAvro.decoder(ReplaySegment.getClassSchema()))),
                OutputTopics.defaults(),
                PlainAvro.outputs(),
                EvidenceSettings.defaults(),
                join,
                watermark,
                SHUFFLE,
                DeadLetterSettings.defaults(),
                ContextSettings.OFF);
    }

    Pipeline event(BackendEvent event) {
        return event(event, event.getReceivedMs());
    }

    /** An event in a record of this timestamp. */
    public Pipeline event(BackendEvent event, long recordMs) {
        byte[] bytes = PlainAvro.<BackendEvent>serde(BackendEvent.getClassSchema())
                .serializer()
                .serialize("events", event);
        return raw("events", bytes, recordMs);
    }

    Pipeline span(Span span) {
        return span(span, span.getReceivedMs());
    }

    /** A span in a record of this timestamp. */
    public Pipeline span(Span span, long recordMs) {
        byte[] bytes = PlainAvro.<Span>serde(Span.getClassSchema()).serializer().serialize("ingest-spans", span);
        return raw("ingest-spans", bytes, recordMs);
    }

    Pipeline segment(ReplaySegment segment) {
        return segment(segment, segment.getReceivedMs());
    }

    /** A segment in a record of this timestamp. */
    public Pipeline segment(ReplaySegment segment, long recordMs) {
        byte[] bytes = PlainAvro.<ReplaySegment>serde(ReplaySegment.getClassSchema())
                .serializer()
                .serialize("ingest-replay-events", segment);
        return raw("ingest-replay-events", bytes, recordMs);
    }

    /** An event was deleted at its source. Needs a pipeline {@link #withDeletions}. */
    public Pipeline deletion(long project, String event, long recordMs) {
        return json(
                DELETIONS,
                "[2,'tombstone_events',{'project_id':" + project + ",'event_ids':['" + event + "']}]",
                recordMs);
    }

    /** A record of JSON, with ' for ". */
    Pipeline json(String topic, String json, long recordMs) {
        return raw(topic, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), recordMs);
    }

    Pipeline raw(String topic, byte @Nullable [] bytes, long recordMs) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(null, bytes, recordMs);
        return this;
    }

    /** Moves the wall clock. */
    public Pipeline passes(Duration time) {
        // The driver punctuates once a step: first the replay side tells how far it is, then the join acts on it.
        driver.advanceWallClockTime(time);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        return this;
    }

    Pipeline endOfInput() {
        topology.closeWindows();
        return passes(Duration.ofSeconds(1));
    }

    boolean windowsClosed() {
        return topology.windowsClosed();
    }

    /** All that was ever written to the topic of links, retractions too. */
    public List<Link> emittedLinks() {
        links.addAll(read(OutputTopics.defaults().links(), serdes.links()));
        return links;
    }

    /** What holds in the end: number of the event to number of its replay. */
    Map<Integer, Integer> links() {
        Map<String, Link> last = new TreeMap<>();
        for (Link link : emittedLinks()) {
            String key = Ids.hex(link.getEvent().getEventId()) + Ids.hex(link.getReplayId());
            last.merge(key, link, (a, b) -> a.getVersion() > b.getVersion() ? a : b);
        }
        Map<Integer, Integer> held = new TreeMap<>();
        last.values().stream().filter(link -> !link.getDeleted()).forEach(link -> {
            Integer before =
                    held.put(number(Ids.hex(link.getEvent().getEventId())), number(Ids.hex(link.getReplayId())));
            if (before != null) {
                throw new AssertionError("two links for one event: " + link);
            }
        });
        return held;
    }

    /** Verdicts since the last call that events have no link. */
    public List<Unlinked> unlinked() {
        return read(OutputTopics.defaults().unlinked(), serdes.unlinked());
    }

    List<TraceNode> traceNodes() {
        return read(OutputTopics.defaults().nodes(), serdes.nodes());
    }

    List<ReplayState> replayStates() {
        return read(OutputTopics.defaults().states(), serdes.states());
    }

    List<DeadLetter> deadLetters() {
        return read(OutputTopics.defaults().deadLetters(), serdes.deadLetters());
    }

    /** What went through the shuffle of this name. */
    List<JoinInput> shuffled(String name) {
        return read(APPLICATION_ID + "-" + name, new JoinInputSerde()).stream()
                .flatMap(block -> Inputs.of((JoinInput.Packed) block).stream())
                .toList();
    }

    /** Names and texts of the headers of the records on an output topic that were not read yet. */
    List<Map<String, String>> headers(String topic) {
        return driver
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> {
                    Map<String, String> headers = new TreeMap<>();
                    record.headers()
                            .forEach(header ->
                                    headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
                    return headers;
                })
                .toList();
    }

    double count(String meter, String... tags) {
        return meters.counter(meter, tags).count();
    }

    /** Of a step. */
    double gauge(String meter, String step) {
        return meters.get(meter).tag("step", step).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    /** When the last record of a topic was, epoch seconds. */
    double readUntil(String topic) {
        return meters.get("replay.linker.records.time")
                .tag("topic", topic)
                .gauge()
                .value();
    }

    /** The tables of the rows that are left in all steps, a letter a row. */
    List<String> rows() {
        List<String> tables = new ArrayList<>();
        eachRow(row -> tables.add(String.valueOf((char) row.key()[0])));
        return tables;
    }

    /** Bytes of all rows, keys too. */
    long rowBytes() {
        LongAdder bytes = new LongAdder();
        eachRow(row -> bytes.add(row.key().length + row.value().length));
        return bytes.sum();
    }

    private void eachRow(Consumer<Rows.Row> action) {
        for (String step : List.of(JoinSteps.RESOLVE, JoinSteps.CHOOSE, JoinSteps.CONFIRM)) {
            StepState state = (StepState) driver.getStateStore(JoinSteps.store(step));
            state.rows().walk(new byte[0]).take(Integer.MAX_VALUE).forEach(action);
        }
    }

    private <T> List<T> read(String topic, Serde<T> serde) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), serde.deserializer())
                .readValuesToList();
    }

    private static int number(String hex) {
        return Integer.parseInt(hex.substring(24), 16);
    }

    @Override
    public void close() {
        driver.close();
    }
}
