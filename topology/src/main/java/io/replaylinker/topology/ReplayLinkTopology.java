package io.replaylinker.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Id;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayLife;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Resolver;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * The pipeline:
 *
 * <pre>
 * events ──────> decode ─> claim ──┐        ┌── by trace ──> resolve ──┐
 *                                  ├─ route ┤                          ├─> confirm ─> links, unlinked, lives
 * replays ─────> decode ─> sight ──┘        └── by replay ─────────────┘
 *                   └────> dead letters
 * </pre>
 */
public final class ReplayLinkTopology {

    static final JoinStores RESOLVE = JoinStores.of("resolve", true);
    static final JoinStores CONFIRM = JoinStores.of("confirm", false);

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final TopologySettings settings;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private final Clock clock;
    private final Windows windows = new Windows();

    /**
     * Prepares the pipeline.
     *
     * @param clock bounds the timestamps of records; the machine's own in production
     */
    public ReplayLinkTopology(TopologySettings settings, MeterRegistry meters, Clock clock) {
        this.settings = settings;
        this.counts = new JoinCounts(meters);
        this.gauges = new JoinGauges(meters, clock, settings.join().waitFor());
        this.clock = clock;
    }

    /** The topology, every node, store and topic of it named; a new one each time. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        RESOLVE.builders().forEach(builder::addStateStore);
        CONFIRM.builders().forEach(builder::addStateStore);
        KStream<byte[], JoinInput> inputs = inputs(builder);

        KStream<byte[], Object> resolved = shuffle(
                        inputs.flatMap(Routes::byTrace, Named.as("route-by-trace")), "by-trace")
                .process(
                        () -> step(RESOLVE, (rows, due, words) -> new Resolver(rows, due, settings.join(), words)),
                        Named.as("resolve"),
                        RESOLVE.names());

        KStream<byte[], JoinInput> toConfirm = shuffle(
                        inputs.flatMap(Routes::byReplay, Named.as("route-by-replay")), "by-replay")
                .merge(
                        shuffle(
                                words(resolved, Claim.class, RESOLVE, JoinStep.CLAIMS)
                                        .mapValues(
                                                claim -> (JoinInput) new JoinInput.EventClaim(claim),
                                                Named.as("route-resolved"))
                                        .merge(
                                                words(resolved, JoinInput.class, RESOLVE, JoinStep.CLOCK),
                                                Named.as("resolved")),
                                "resolved"),
                        Named.as("to-confirm"));
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
        return builder.build();
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
        List<Explanation> all = new ArrayList<>(explainer(streams, RESOLVE).onTrace(event));
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
        return claims(builder).merge(sightings(builder), Named.as("inputs"));
    }

    private KStream<byte[], JoinInput> claims(StreamsBuilder builder) {
        return merged("claims", settings.events(), source -> {
            KStream<byte[], Decoding<BackendEvent>> decoded = decode(builder, source, "decode-events");
            return decoded.process(() -> new ClaimStep(settings.claims(), counts), named("claim", source.topic()));
        });
    }

    private KStream<byte[], JoinInput> sightings(StreamsBuilder builder) {
        return merged("sightings", settings.replays(), source -> {
            KStream<byte[], Decoding<ReplaySegment>> decoded = decode(builder, source, "decode-replays");
            return decoded.process(
                    () -> new SightStep(source.topic(), settings.replaySide(), counts), named("sight", source.topic()));
        });
    }

    /** Streams merges two at a time, and each merge needs a name of its own; the last one has the bare name. */
    private static <T> KStream<byte[], JoinInput> merged(
            String name, List<Source<T>> sources, Function<Source<T>, KStream<byte[], JoinInput>> read) {
        KStream<byte[], JoinInput> all = read.apply(sources.get(0));
        for (int i = 1; i < sources.size(); i++) {
            String merge = i == sources.size() - 1 ? name : name + "-" + i;
            all = all.merge(read.apply(sources.get(i)), Named.as(merge));
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

    KStream<byte[], JoinInput> shuffle(KStream<byte[], JoinInput> inputs, String name) {
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
