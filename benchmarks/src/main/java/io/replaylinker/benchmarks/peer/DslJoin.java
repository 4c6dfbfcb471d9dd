package io.replaylinker.benchmarks.peer;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.topology.ServerTime;
import io.replaylinker.topology.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The left join of Kafka Streams' DSL: an event meets every sighting of its replay, or of a replay on its trace, from {@code memory} before it to {@code
 * wait} after it, and a store behind the join lets one link an event pass. Reads replay ids and traces as the product does, and leaves out
 * all the product's checks.
 *
 * @param partitions of the repartition topics
 * @param pairs counts what the join emits before the de-duplication
 */
public record DslJoin(
        List<Source<BackendEvent>> events,
        Source<ReplaySegment> replays,
        Duration waitFor,
        Duration memory,
        int partitions,
        Serde<Link> links,
        String output,
        LongAdder pairs) {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Duration GRACE = Duration.ofMinutes(1);
    private static final String SEEN_STORE = "linked-events";

    /** The topology, every node, store and topic of it named. */
    public Topology build() {
        StreamsBuilder builder = new StreamsBuilder();
        Duration remembered = memory.plus(waitFor).plus(GRACE);
        builder.addStateStore(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(SEEN_STORE, remembered, Duration.ofMillis(1), false),
                Serdes.Bytes(),
                BYTES));
        Serde<Claim> claimSerde = new CompactSerde<>(Claim.getClassSchema());
        Serde<ReplayObservation> observationSerde = new CompactSerde<>(ReplayObservation.getClassSchema());
        KStream<byte[], Claim> claims = shuffle(claims(builder), "claims", claimSerde);
        KStream<byte[], ReplayObservation> observations = shuffle(
                read(
                        builder,
                        replays.topic(),
                        () -> new ObservationInput(replays.decoder().get())),
                "observations",
                observationSerde);
        claims.leftJoin(
                        observations,
                        (claim, observation) -> observation == null ? null : Pairs.link(claim, observation),
                        JoinWindows.ofTimeDifferenceAndGrace(memory, GRACE).after(waitFor),
                        StreamJoined.with(BYTES, claimSerde, observationSerde)
                                .withName("join")
                                .withStoreName("join"))
                .filter((key, link) -> link != null, Named.as("linked"))
                .process(() -> new FirstLink(SEEN_STORE, pairs), Named.as("first-link"), SEEN_STORE)
                .to(output, Produced.with(BYTES, links).withName("write-links"));
        return builder.build();
    }

    private KStream<byte[], Claim> claims(StreamsBuilder builder) {
        return events.stream()
                .map(source -> read(
                        builder,
                        source.topic(),
                        () -> new ClaimInput(source.decoder().get())))
                .reduce((a, b) -> a.merge(b, Named.as("claims")))
                .orElseThrow();
    }

    private static <T> KStream<byte[], T> read(
            StreamsBuilder builder, String topic, ProcessorSupplier<byte[], byte[], byte[], T> step) {
        return builder.stream(
                        topic,
                        Consumed.with(BYTES, BYTES)
                                .withTimestampExtractor(new ServerTime(Clock.systemUTC()))
                                .withName("read-" + topic))
                .process(step, Named.as("decode-" + topic));
    }

    private <T extends SpecificRecord> KStream<byte[], T> shuffle(
            KStream<byte[], T> stream, String name, Serde<T> serde) {
        return stream.repartition(
                Repartitioned.with(BYTES, serde).withName(name).withNumberOfPartitions(partitions));
    }
}
