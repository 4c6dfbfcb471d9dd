package io.replaylinker.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Resolver;
import io.replaylinker.topology.shuffle.PackingClients;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KeyValueMapper;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline:
 *
 * <pre>
 * events, spans ─> decode ─> claim ──┐        ┌── by trace ──> resolve ──┬──────────┐
 *                                    ├─ route ┼── by event ──────────────┴─> choose ┼─> confirm ─> links, unlinked, lives
 * replays ───────> decode ─> sight ──┘        └── by replay ────────────────────────┘
 *                   └────> dead letters
 * </pre>
 */
public final class ReplayLinkTopology {

    static final JoinStores RESOLVE = JoinStores.of("resolve", "verdicts", "resolved");
    static final JoinStores CHOOSE = JoinStores.of("choose", "chosen");
    static final JoinStores CONFIRM = JoinStores.of("confirm");

    /** Sentry ends a replay then. */
    private static final Duration LONGEST_REPLAY = Duration.ofHours(1);

    /** Ends of the names that Streams gives to the topics between the steps. */
    private static final List<String> BETWEEN = Stream.of(
                    "by-trace", "by-event", "decided", "by-replay", "resolved", "chosen", ShuffleCopy.COPIED)
            .map(name -> "-" + name + "-repartition")
            .toList();

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final TopologySettings settings;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private final Clock clock;
    private final Windows windows = new Windows();
    private final @Nullable LogTopics log;
    private final Optional<LogSteps> steps;
    private final ClassicProjects classic = new ClassicProjects();

    /**
     * Prepares the pipeline, with the state in stores of Kafka Streams.
     *
     * @param clock bounds the timestamps of records; the machine's own in production
     */
    public ReplayLinkTopology(TopologySettings settings, MeterRegistry meters, Clock clock) {
        this(settings, meters, clock, null);
    }

    /**
     * Prepares the pipeline.
     *
     * @param clock bounds the timestamps of records; the machine's own in production
     * @param log the topics between the steps where these are the state as well; null where the state is in stores of Kafka Streams
     */
    public ReplayLinkTopology(TopologySettings settings, MeterRegistry meters, Clock clock, @Nullable LogTopics log) {
        this.settings = settings;
        this.counts = new JoinCounts(meters);
        this.gauges = new JoinGauges(meters, clock, settings.join().waitFor());
        this.clock = clock;
        this.log = log;
        this.steps = Optional.ofNullable(log).map(topics -> new LogSteps(settings, topics, windows, counts, gauges));
    }

    /** The topology, every node, store and topic of it named; a new one each time. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        if (log != null) {
            return onLog(builder, log);
        }
        RESOLVE.builders().forEach(builder::addStateStore);
        CHOOSE.builders().forEach(builder::addStateStore);
        CONFIRM.builders().forEach(builder::addStateStore);
        KStream<byte[], JoinInput> inputs = inputs(builder);

        KStream<byte[], Object> resolved = shuffle(
                        inputs.flatMap(Routes::byTrace, Named.as("route-by-trace")), "by-trace")
                .process(
                        () -> step(RESOLVE, (rows, due, words) -> new Resolver(rows, due, settings.join(), words)),
                        Named.as("resolve"),
                        RESOLVE.names());

        KStream<byte[], JoinInput> toChoose = shuffle(
                        inputs.flatMap(Routes::byEvent, Named.as("route-by-event")), "by-event")
                .merge(
                        shuffle(emitted(resolved, RESOLVE, JoinStep.VERDICTS, "verdicts"), "decided"),
                        Named.as("to-choose"));
        KStream<byte[], Object> chosen = toChoose.process(
                () -> step(CHOOSE, (rows, due, words) -> new Chooser(rows, due, settings.join(), words)),
                Named.as("choose"),
                CHOOSE.names());

        KStream<byte[], JoinInput> toConfirm = shuffle(
                        inputs.flatMap(Routes::byReplay, Named.as("route-by-replay")), "by-replay")
                .merge(
                        shuffle(emitted(resolved, RESOLVE, JoinStep.CLAIMS, "resolved"), "resolved"),
                        Named.as("with-resolved"))
                .merge(shuffle(emitted(chosen, CHOOSE, JoinStep.CLAIMS, "chosen"), "chosen"), Named.as("to-confirm"));
        KStream<byte[], Object> confirmed = toConfirm.process(
                () -> step(CONFIRM, (rows, due, words) -> new Confirmer(rows, due, settings.join(), words)),
                Named.as("confirm"),
                CONFIRM.names());

        OutputTopics topics = settings.topics();
        OutputSerdes serdes = settings.serdes();
        write(words(confirmed, Link.class, CONFIRM, JoinStep.LINKS), topics.links(), "write-links", serdes.links());
        write(
                words(confirmed, ReplayLife.class, CONFIRM, JoinStep.LIVES),
                topics.lives(),
                "write-lives",
                serdes.lives());
        write(
                words(confirmed, Unlinked.class, CONFIRM, JoinStep.UNLINKED),
                topics.unlinked(),
                "write-unconfirmed",
                serdes.unlinked());
        // A sink of its own and not a merge with the above, which would make one task of resolve and confirm.
        write(
                words(resolved, Unlinked.class, RESOLVE, JoinStep.UNLINKED),
                topics.unlinked(),
                "write-unresolved",
                serdes.unlinked());
        write(
                words(chosen, Unlinked.class, CHOOSE, JoinStep.UNLINKED),
                topics.unlinked(),
                "write-unchosen",
                serdes.unlinked());
        return builder.build();
    }

    /** The same with the topics between the steps as their state. */
    private Topology onLog(StreamsBuilder builder, LogTopics log) {
        KStream<byte[], JoinInput> inputs = inputs(builder);
        shuffleTo(inputs, Routes::byTrace, log.byTrace());
        shuffleTo(inputs, Routes::byEvent, log.byEvent());
        shuffleTo(inputs, Routes::byReplay, log.byReplay());
        inputs.flatMap(this::organization, Named.as("organizations"))
                .to(log.organizations(), Produced.with(BYTES, Serdes.Long()).withName("write-organizations"));
        Topology topology = builder.build();
        steps.orElseThrow().addTo(topology);
        return topology;
    }

    private static void shuffleTo(
            KStream<byte[], JoinInput> inputs,
            KeyValueMapper<byte[], JoinInput, List<KeyValue<byte[], JoinInput>>> route,
            String topic) {
        inputs.flatMap(route, Named.as("route-to-" + topic))
                .to(
                        topic,
                        Produced.with(BYTES, new JoinInputSerde())
                                .withStreamPartitioner(Routes.partitioner())
                                .withName("write-" + topic));
    }

    private List<KeyValue<byte[], Long>> organization(byte[] key, JoinInput input) {
        return input instanceof JoinInput.Affiliation project
                        && !steps.orElseThrow().knows(project.projectId(), project.organizationId())
                ? List.of(KeyValue.pair(Organizations.key(project.projectId()), project.organizationId()))
                : List.of();
    }

    /** What a step decided, on its way to the next, and behind it how far the step has come. */
    private static KStream<byte[], JoinInput> emitted(
            KStream<byte[], Object> all, JoinStores step, String kind, String name) {
        return words(all, Claim.class, step, kind)
                .mapValues(claim -> (JoinInput) new JoinInput.EventClaim(claim), Named.as("route-" + name))
                .merge(clock(all, step, name), Named.as(name));
    }

    private static KStream<byte[], JoinInput> clock(KStream<byte[], Object> all, JoinStores step, String name) {
        return all.mapValues(JoinInput.class::cast, Named.as(step.step() + JoinStep.CLOCK + "-" + name));
    }

    /** The clients that the topology is to be run with: their producers pack what is shuffled. */
    public KafkaClientSupplier clients() {
        return log == null
                ? new PackingClients(topic -> BETWEEN.stream().anyMatch(topic::endsWith))
                : new PackingClients(log.shuffled()::contains, log.application(), window());
    }

    /** How much of its topic a step has to read again: what it remembers, for as long as the longest replay keeps refreshing it. */
    private Duration window() {
        return settings.join().waitFor().plus(settings.join().memory()).plus(LONGEST_REPLAY);
    }

    /** From now on nothing waits any longer: what has no link is told as unlinked. For the end of a bounded run. */
    public void closeWindows() {
        windows.close();
    }

    /** Whether every step has nothing left that waits, after {@link #closeWindows()}. */
    public boolean windowsClosed() {
        return windows.allClosed();
    }

    /**
     * Why events have a link or none, from the rows of the partitions that this process has. Goes through all of them.
     *
     * @param streams runs a topology of {@link #build()}
     * @param event which ids are asked for; may be any that begin in one way
     * @throws org.apache.kafka.streams.errors.InvalidStateStoreException while it is starting, or moving partitions
     */
    public List<Explanation> explain(KafkaStreams streams, Predicate<Id> event) {
        if (log != null) {
            return steps.orElseThrow().explain(event);
        }
        List<Explanation> all = new ArrayList<>(explainer(streams, RESOLVE).onTrace(event));
        all.addAll(explainer(streams, CHOOSE).amongLookups(event));
        all.addAll(explainer(streams, CONFIRM).ofReplay(event));
        return all;
    }

    private Explainer explainer(KafkaStreams streams, JoinStores stores) {
        return new Explainer(
                new LiveRows(streams.store(StoreQueryParameters.fromNameAndType(
                        stores.rows(), QueryableStoreTypes.<Bytes, byte[]>keyValueStore()))),
                settings.join());
    }

    /** Everything left of the shuffle. */
    KStream<byte[], JoinInput> inputs(StreamsBuilder builder) {
        KStream<byte[], JoinInput> inputs = claims(builder).merge(sightings(builder), Named.as("inputs"));
        if (!settings.replaySide().inBand()) {
            return inputs;
        }
        Duration longest = settings.join().waitFor().plus(settings.join().memory());
        return inputs.process(() -> new RecordClock(settings.replaySide(), windows, longest), Named.as("clock"));
    }

    private KStream<byte[], JoinInput> claims(StreamsBuilder builder) {
        List<KStream<byte[], JoinInput>> all = new ArrayList<>();
        settings.events().forEach(source -> all.add(claims(builder, source, "decode-events", ClaimStep.EVENTS)));
        settings.spans().forEach(source -> all.add(claims(builder, source, "decode-spans", ClaimStep.SPANS)));
        return merged("claims", all);
    }

    private <T> KStream<byte[], JoinInput> claims(
            StreamsBuilder builder, Source<T> source, String stage, ClaimStep.Reading<T> reading) {
        KStream<byte[], Object> claimed = decode(builder, source, stage)
                .process(
                        () -> new ClaimStep<>(
                                source.topic(), reading, new ClaimInputs(settings.evidence(), classic, counts)),
                        named("claim", source.topic()));
        write(
                claimed.mapValues(Unlinked.class::cast, named(ClaimStep.UNLINKED, source.topic())),
                settings.topics().unlinked(),
                "write-without-evidence-" + source.topic(),
                settings.serdes().unlinked());
        return claimed.mapValues(JoinInput.class::cast, named(ClaimStep.INPUTS, source.topic()));
    }

    private KStream<byte[], JoinInput> sightings(StreamsBuilder builder) {
        return merged(
                "sightings",
                settings.replays().stream()
                        .map(source -> decode(builder, source, "decode-replays")
                                .process(
                                        () -> new SightStep(
                                                source.topic(),
                                                settings.replaySide(),
                                                settings.evidence(),
                                                log == null ? new Windows() : windows,
                                                counts),
                                        named("sight", source.topic())))
                        .toList());
    }

    /** Streams merges two at a time, and each merge needs a name of its own; the last one has the bare name. */
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
        DeadLetters letters = new DeadLetters(stage, settings.deadLetters().headBytes());
        KStream<byte[], Decoding<T>> decoded = builder.stream(source.topic(), bytes)
                .process(
                        () -> new DecodeStep<T>(
                                source.decoder().get(),
                                letters,
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

    private JoinStep step(JoinStores stores, JoinStep.Joins join) {
        return new JoinStep(stores, join, settings.replaySide(), windows, counts, gauges);
    }

    /** With time in band a record goes through all steps at once; a topic between them would let one run ahead of another. */
    KStream<byte[], JoinInput> shuffle(KStream<byte[], JoinInput> inputs, String name) {
        if (settings.replaySide().inBand()) {
            return inputs;
        }
        return inputs.repartition(Repartitioned.with(BYTES, new JoinInputSerde())
                .withName(name)
                .withNumberOfPartitions(settings.shufflePartitions())
                .withStreamPartitioner(Routes.partitioner()));
    }

    private static <T> List<DeadLetter> rejected(Decoding<T> decoding) {
        return decoding instanceof Decoding.Rejected<T> rejected ? List.of(rejected.letter()) : List.of();
    }

    /** What a step says of one kind: it forwards that to the node of this name only. */
    private static <T> KStream<byte[], T> words(
            KStream<byte[], Object> all, Class<T> type, JoinStores step, String kind) {
        return all.mapValues(type::cast, Named.as(step.step() + kind));
    }

    private static <T> void write(KStream<byte[], T> values, String topic, String name, Serde<T> serde) {
        values.to(topic, Produced.with(BYTES, serde).withName(name));
    }

    private static Named named(String step, String topic) {
        return Named.as(step + "-" + topic);
    }
}
