package io.replaylinker.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.DeadLetters;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.shuffle.PackingClients;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The pipeline:
 *
 * <pre>
 * events, spans ─> decode ─> claim ──┐        ┌── by trace ──> resolve ──┬──────────┐
 *                                    ├─ route ┼── by event ──────────────┴─> choose ┼─> confirm ─> links, unlinked, states
 * replays ───────> decode ─> observe ┘        └── by replay ────────────────────────┘
 *                   └────> dead letters
 * </pre>
 *
 * <p>Beside its inputs to the join, each event and span is written to the topic of trace nodes, for the trees of traces.
 */
public final class ReplayLinkTopology {

    /** Sentry ends a replay after this time. */
    private static final Duration LONGEST_REPLAY = Duration.ofHours(1);

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final TopologySettings settings;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private final Clock clock;
    private final Windows windows = new Windows();
    private final PackingClients clients;
    private final JoinSteps steps;
    private final ClassicProjects classic = new ClassicProjects();

    /**
     * Prepares the pipeline of one process.
     *
     * @param clock bounds the timestamps of records; the machine's own in production
     */
    public ReplayLinkTopology(TopologySettings settings, MeterRegistry meters, Clock clock) {
        ShuffleSettings shuffle = settings.shuffle();
        Set<String> blocks = Set.copyOf(shuffle.blocks());
        this.settings = settings;
        this.counts = new JoinCounts(meters);
        this.gauges = new JoinGauges(meters, clock, settings.join().waitFor());
        this.clock = clock;
        this.clients = new PackingClients(
                topic -> blocks.contains(topic) || topic.endsWith(ShuffleCopy.TOPIC),
                shuffle.application(),
                window(settings.join().waitFor(), settings.join().memory()),
                JoinSteps.progress(shuffle));
        this.steps = new JoinSteps(settings, clients, windows, counts, gauges);
    }

    /** Builds the topology. All its nodes, stores and topics are named. Each call builds a new one. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        ShuffleSettings shuffle = settings.shuffle();
        inputs(builder).process(() -> new RouteStep(shuffle, clients), Named.as(RouteStep.NAME));
        Topology topology = builder.build();
        Serializer<byte[]> keys = new ByteArraySerializer();
        Serializer<JoinInput> values = new JoinInputSerde().serializer();
        Map.of(
                        RouteStep.TO_RESOLVE, shuffle.byTrace(),
                        RouteStep.TO_CHOOSE, shuffle.byEvent(),
                        RouteStep.TO_CONFIRM, shuffle.byReplay())
                .forEach((sink, topic) ->
                        topology.addSink(sink, topic, keys, values, Routes.partitioner(), RouteStep.NAME));
        steps.addTo(topology);
        return topology;
    }

    /**
     * The clients that the topology must run with: their producers pack the records of the shuffle, and they restore
     * the steps.
     */
    public KafkaClientSupplier clients() {
        return clients;
    }

    /**
     * How long an entry of the shuffle counts, from the later of its own time and the watermark when it was read. It
     * covers what a step remembers, for as long as the longest replay keeps refreshing it.
     */
    public static Duration window(Duration waitFor, Duration memory) {
        return waitFor.plus(memory).plus(LONGEST_REPLAY);
    }

    /**
     * Expires all waiting events from now on: events without a link are emitted as unlinked. For the end of a bounded
     * run.
     */
    public void closeWindows() {
        windows.close();
    }

    /** Whether no step has waiting events left after {@link #closeWindows()}. */
    public boolean windowsClosed() {
        return windows.allClosed();
    }

    /**
     * Watermarks of the steps of this process, epoch milliseconds of server receive time; steps without one are absent.
     */
    public Map<TopicPartition, Long> watermarks() {
        return steps.watermarks();
    }

    /**
     * Explains why events have a link or none, from the rows of the partitions of this process. Scans all of them.
     *
     * @param event matches the requested ids, for example all with a common prefix
     */
    public List<Explanation> explain(Predicate<Id> event) {
        return explain(Explained.EVENT, event);
    }

    /**
     * Explains some of the events of a trace or a replay, or all with such an id, as {@link #explain(Predicate)}.
     *
     * @param by what the ids are of
     * @param id matches the requested ids
     */
    public List<Explanation> explain(Explained by, Predicate<Id> id) {
        return steps.explain(by, id);
    }

    /** The part of the topology before the shuffle. */
    KStream<byte[], JoinInput> inputs(StreamsBuilder builder) {
        KStream<byte[], JoinInput> inputs = claims(builder).merge(replayObservations(builder), Named.as("inputs"));
        if (!settings.watermark().inBand()) {
            return inputs;
        }
        Duration longest = settings.join().waitFor().plus(settings.join().memory());
        return inputs.process(
                () -> new RecordTimeWatermarks(settings.watermark(), windows, longest), Named.as("watermarks"));
    }

    private KStream<byte[], JoinInput> claims(StreamsBuilder builder) {
        List<KStream<byte[], JoinInput>> all = new ArrayList<>();
        settings.events()
                .forEach(source -> all.add(claims(builder, source, DeadLetters.DECODE_EVENTS, ClaimStep.EVENTS)));
        settings.spans().forEach(source -> all.add(claims(builder, source, DeadLetters.DECODE_SPANS, ClaimStep.SPANS)));
        return merged("claims", all);
    }

    private <T> KStream<byte[], JoinInput> claims(
            StreamsBuilder builder, Source<T> source, String stage, ClaimStep.Reading<T> reading) {
        KStream<byte[], Object> claimed = decode(builder, source, stage)
                .process(
                        () -> new ClaimStep<>(
                                source.topic(),
                                reading,
                                new ClaimInputs(settings.evidence(), settings.context(), classic, counts)),
                        named("claim", source.topic()));
        write(
                claimed.mapValues(Unlinked.class::cast, named(ClaimStep.UNLINKED, source.topic())),
                settings.topics().unlinked(),
                "write-without-evidence-" + source.topic(),
                settings.serdes().unlinked());
        if (settings.context().written()) {
            write(
                    claimed.mapValues(TraceNode.class::cast, named(ClaimStep.NODES, source.topic())),
                    settings.topics().nodes(),
                    "write-trace-nodes-" + source.topic(),
                    settings.serdes().nodes());
        }
        return claimed.mapValues(JoinInput.class::cast, named(ClaimStep.INPUTS, source.topic()));
    }

    private KStream<byte[], JoinInput> replayObservations(StreamsBuilder builder) {
        return merged(
                "replay-observations",
                settings.replays().stream()
                        .map(source -> decode(builder, source, DeadLetters.DECODE_REPLAYS)
                                .process(
                                        () -> new ObservationStep(
                                                source.topic(),
                                                settings.watermark(),
                                                settings.evidence(),
                                                windows,
                                                counts),
                                        named("observe", source.topic())))
                        .toList());
    }

    /** Streams merges two streams at a time, and each merge needs a unique name; the last one has the plain name. */
    private static KStream<byte[], JoinInput> merged(String name, List<KStream<byte[], JoinInput>> streams) {
        KStream<byte[], JoinInput> all = streams.get(0);
        for (int i = 1; i < streams.size(); i++) {
            String merge = i == streams.size() - 1 ? name : name + "-" + i;
            all = all.merge(streams.get(i), Named.as(merge));
        }
        return all;
    }

    private <T> KStream<byte[], Decoding<T>> decode(StreamsBuilder builder, Source<T> source, String stage) {
        Consumed<byte[], byte[]> bytes = Consumed.with(BYTES, BYTES)
                .withTimestampExtractor(new ServerTime(clock, counts::suspectTime))
                .withName("read-" + source.topic());
        DeadLetters deadLetters = new DeadLetters(stage, settings.deadLetters().headBytes());
        KStream<byte[], Decoding<T>> decoded = builder.stream(source.topic(), bytes)
                .process(
                        () -> new DecodeStep<T>(
                                source.decoder().get(),
                                deadLetters,
                                new RejectionLimit(settings.deadLetters().maxShare()),
                                counts),
                        named("decode", source.topic()));
        write(
                decoded.flatMapValues(ReplayLinkTopology::rejected, named("rejected", source.topic())),
                settings.topics().deadLetters(),
                "write-dead-letters-" + source.topic(),
                settings.serdes().deadLetters());
        return decoded;
    }

    private static <T> List<DeadLetter> rejected(Decoding<T> decoding) {
        return decoding.deadLetter() == null ? List.of() : List.of(decoding.deadLetter());
    }

    private static <T> void write(KStream<byte[], T> values, String topic, String name, Serde<T> serde) {
        values.to(topic, Produced.with(BYTES, serde).withName(name));
    }

    private static Named named(String step, String topic) {
        return Named.as(step + "-" + topic);
    }
}
