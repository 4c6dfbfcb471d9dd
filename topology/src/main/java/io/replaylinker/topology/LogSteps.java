package io.replaylinker.topology;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The three steps of the join behind the shuffle, each on a topic that is its state as well. */
final class LogSteps {

    /** Sinks of a step, by the end of their names. */
    static final String CHOSEN = "-to-choose";

    static final String CONFIRMED = "-to-confirm";
    static final String LINKS = "-links";
    static final String LIVES = "-lives";
    static final String UNLINKED = "-unlinked";

    private static final String RESOLVE = "resolve";
    private static final String CHOOSE = "choose";
    private static final String CONFIRM = "confirm";

    private final TopologySettings settings;
    private final LogTopics topics;
    private final Windows windows;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private final Organizations organizations;
    private final Set<StepState> live = ConcurrentHashMap.newKeySet();

    LogSteps(TopologySettings settings, LogTopics topics, Windows windows, JoinCounts counts, JoinGauges gauges) {
        this.settings = settings;
        this.topics = topics;
        this.windows = windows;
        this.counts = counts;
        this.gauges = gauges;
        this.organizations = new Organizations(topics.organizations());
    }

    /** The name of the state of a step. */
    static String store(String step) {
        return step + "-state";
    }

    /** How one partition of a step names itself to the steps behind it. */
    static String partition(String step, int partition) {
        return step + "-" + partition;
    }

    /** Whether a project is known to belong to an organization. */
    boolean knows(long project, long organization) {
        return organizations.knows(project, organization);
    }

    void addTo(Topology topology) {
        organizations.addTo(topology);
        Serializer<byte[]> keys = new ByteArraySerializer();
        add(
                topology,
                RESOLVE,
                topics.byTrace(),
                List.of(),
                List.of(RESOLVE + CHOSEN, RESOLVE + CONFIRMED),
                (rows, due, output) -> new Resolver(rows, due, settings.join(), output));
        add(
                topology,
                CHOOSE,
                topics.byEvent(),
                List.of(RESOLVE),
                List.of(CHOOSE + CONFIRMED),
                (rows, due, output) -> new Chooser(rows, due, settings.join(), output));
        add(
                topology,
                CONFIRM,
                topics.byReplay(),
                List.of(RESOLVE, CHOOSE),
                List.of(),
                (rows, due, output) -> new Confirmer(rows, due, settings.join(), output));
        Serializer<JoinInput> inputs = new JoinInputSerde().serializer();
        topology.addSink(RESOLVE + CHOSEN, topics.byEvent(), keys, inputs, Routes.partitioner(), RESOLVE);
        topology.addSink(RESOLVE + CONFIRMED, topics.byReplay(), keys, inputs, Routes.partitioner(), RESOLVE);
        topology.addSink(CHOOSE + CONFIRMED, topics.byReplay(), keys, inputs, Routes.partitioner(), CHOOSE);
        OutputSerdes serdes = settings.serdes();
        write(topology, CONFIRM, LINKS, settings.topics().links(), serdes.links());
        write(topology, CONFIRM, LIVES, settings.topics().lives(), serdes.lives());
        for (String step : List.of(RESOLVE, CHOOSE, CONFIRM)) {
            write(topology, step, UNLINKED, settings.topics().unlinked(), serdes.unlinked());
        }
    }

    private void add(
            Topology topology,
            String step,
            String topic,
            List<String> before,
            List<String> next,
            StepState.Joins joins) {
        Deserializer<byte[]> bytes = new ByteArrayDeserializer();
        List<String> clocks = before.stream()
                .flatMap(one -> IntStream.range(0, settings.shufflePartitions())
                        .mapToObj(partition -> partition(one, partition)))
                .toList();
        topology.addReadOnlyStateStore(
                new OwnStore<>(
                        store(step),
                        () -> new StepState(store(step), joins, settings.replaySide(), clocks, windows, organizations)),
                "read-" + step,
                bytes,
                bytes,
                topic,
                "restore-" + step,
                Nothing::new);
        topology.addProcessor(step, () -> new LogStep(step, next, live, counts, gauges), "read-" + step);
        topology.connectProcessorAndStateStores(step, store(step));
    }

    private static <T> void write(Topology topology, String step, String kind, String topic, Serde<T> serde) {
        topology.addSink(step + kind, topic, new ByteArraySerializer(), serde.serializer(), step);
    }

    /** See {@link ReplayLinkTopology#explain}. */
    List<Explanation> explain(Predicate<Id> event) {
        List<Explanation> all = new ArrayList<>();
        explain(RESOLVE, explainer -> explainer.onTrace(event), all);
        explain(CHOOSE, explainer -> explainer.amongLookups(event), all);
        explain(CONFIRM, explainer -> explainer.ofReplay(event), all);
        return all;
    }

    private void explain(String step, Function<Explainer, List<Explanation>> question, List<Explanation> answers) {
        live.stream()
                .filter(state -> state.name().equals(store(step)))
                .forEach(state -> answers.addAll(state.explain(settings.join(), question)));
    }

    /** What Streams puts before the step to fill its store; the step does that itself. */
    private static final class Nothing extends ContextualProcessor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> block) {}
    }
}
