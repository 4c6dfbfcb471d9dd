package io.replaylinker.benchmarks.flink;

import io.replaylinker.benchmarks.peer.Pairs;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.schemas.Claim;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayObservation;
import io.replaylinker.serdes.AvroBinary;
import java.util.Objects;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.serialization.Serializer;

/** Each pair of a claim and an observation becomes a link, keyed by its event. */
final class MakeLinks extends ProcessJoinFunction<Compact, Compact, Compact> {

    static final String PAIRS = "pairs";

    private static final long serialVersionUID = 1L;

    private final LongCounter pairs = new LongCounter();
    private final String topic;
    private transient AvroBinary<Claim> claims;
    private transient AvroBinary<ReplayObservation> observations;
    private transient Serializer<Link> links;

    @SuppressWarnings("NullAway.Init") // Flink calls open before anything else
    MakeLinks(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(OpenContext context) {
        claims = new AvroBinary<>(Claim.getClassSchema());
        observations = new AvroBinary<>(ReplayObservation.getClassSchema());
        links = SourceSchemas.serdes().serializer(Link.class);
        getRuntimeContext().addAccumulator(PAIRS, pairs);
    }

    @Override
    public void processElement(Compact claim, Compact observation, Context context, Collector<Compact> out) {
        pairs.add(1L);
        Link link = Pairs.link(claims.read(claim.avro, 0), observations.read(observation.avro, 0));
        byte[] bytes = Objects.requireNonNull(links.serialize(topic, link));
        out.collect(new Compact(link.getEvent().getEventId().bytes(), claim.atMs, bytes));
    }
}
