package io.replaylinker.topology;

import io.replaylinker.schemas.Id;
import io.replaylinker.topology.join.Chooser;
import io.replaylinker.topology.join.Confirmer;
import io.replaylinker.topology.join.Explained;
import io.replaylinker.topology.join.Explainer;
import io.replaylinker.topology.join.Explanation;
import io.replaylinker.topology.join.Resolver;
import io.replaylinker.topology.shuffle.Block;
import io.replaylinker.topology.shuffle.PackingClients;
import io.replaylinker.topology.shuffle.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** The three steps of the join behind the shuffle, each on a topic that is its state as well. */
final class JoinSteps {

    /** Suffixes of the names of a step's sinks. */
    static final String CHOSEN = "-to-choose";

    static final String CONFIRMED = "-to-confirm";
    static final String LINKS = "-links";
    static final String REPLAY_STATES = "-replay-states";
    static final String UNLINKED = "-unlinked";

    /** Organizations that the step has learned; with its progress it is needed for a restore. */
    static final String ORGANIZATIONS = "-organizations";

    static final String PROGRESS = "-progress";

    static final String RESOLVE = "resolve";
    static final String CHOOSE = "choose";
    static final String CONFIRM = "confirm";

    /** Not allowed in names of topics, so that a step is never mistaken for a partition of a source. */
    private static final String SEPARATOR = ":";

    private final TopologySettings settings;
    private final ShuffleSettings topics;
    private final PackingClients clients;
    private final Windows windows;
    private final JoinCounts counts;
    private final JoinGauges gauges;
    private final Organizations organizations;
    private final Set<StepState> live = ConcurrentHashMap.newKeySet();

    /** @param clients that the steps run with */
    JoinSteps(
            TopologySettings settings, PackingClients clients, Windows windows, JoinCounts counts, JoinGauges gauges) {
        this.settings = settings;
        this.topics = settings.shuffle();
        this.clients = clients;
        this.windows = windows;
        this.counts = counts;
        this.gauges = gauges;
        this.organizations = new Organizations(topics.organizations());
    }

    /** The name of the state of a step. */
    static String store(String step) {
        return step + "-state";
    }

    /** The identifier of one partition of a step in its watermarks. */
    static String partition(String step, int partition) {
        return step + SEPARATOR + partition;
    }

    /** Reads the progress of a step from the blocks of a topic. */
    static Progress progress(ShuffleSettings topics) {
        Map<String, String> steps =
                Map.of(topics.byTrace(), RESOLVE, topics.byEvent(), CHOOSE, topics.byReplay(), CONFIRM);
        return (topic, block) -> {
            String own = steps.get(topic) + SEPARATOR;
            List<Long> noted = new ArrayList<>();
            Block.read(block, 0, (bytes, from, length, timestampMs) -> JoinInputSerde.watermark(bytes, from, length)
                    .filter(watermark -> watermark.source().startsWith(own))
                    .ifPresent(watermark -> noted.add(watermark.timeMs())));
            return noted.stream().mapToLong(Long::longValue).max();
        };
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
                (rows, output) -> new Resolver(rows, settings.join(), output));
        add(
                topology,
                CHOOSE,
                topics.byEvent(),
                List.of(RESOLVE),
                List.of(CHOOSE + CONFIRMED),
                (rows, output) -> new Chooser(rows, settings.join(), output));
        add(
                topology,
                CONFIRM,
                topics.byReplay(),
                List.of(RESOLVE, CHOOSE),
                List.of(),
                (rows, output) -> new Confirmer(rows, settings.join(), output));
        Serializer<JoinInput> inputs = new JoinInputSerde().serializer();
        topology.addSink(RESOLVE + CHOSEN, topics.byEvent(), keys, inputs, Routes.partitioner(), RESOLVE);
        topology.addSink(RESOLVE + CONFIRMED, topics.byReplay(), keys, inputs, Routes.partitioner(), RESOLVE);
        topology.addSink(CHOOSE + CONFIRMED, topics.byReplay(), keys, inputs, Routes.partitioner(), CHOOSE);
        OutputSerdes serdes = settings.serdes();
        write(topology, CONFIRM, LINKS, settings.topics().links(), serdes.links());
        write(topology, CONFIRM, REPLAY_STATES, settings.topics().states(), serdes.states());
        for (String step : List.of(RESOLVE, CHOOSE, CONFIRM)) {
            write(topology, step, UNLINKED, settings.topics().unlinked(), serdes.unlinked());
            write(topology, step, ORGANIZATIONS, topics.organizations(), Serdes.Long());
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
        List<String> upstream = before.stream()
                .flatMap(
                        one -> IntStream.range(0, topics.partitions()).mapToObj(partition -> partition(one, partition)))
                .toList();
        StepState.Spec spec =
                new StepState.Spec(step, topic, joins, settings.watermark(), upstream, topics.bytesOf(topic), windows);
        topology.addReadOnlyStateStore(
                new OwnStore<>(store(step), () -> new StepState(spec, past(step))),
                "read-" + step,
                bytes,
                bytes,
                topic,
                "restore-" + step,
                Nothing::new);
        topology.addProcessor(
                step,
                () -> new JoinStep(
                        step,
                        next,
                        sink(step + CHOSEN, topics.byEvent()),
                        sink(step + CONFIRMED, topics.byReplay()),
                        live,
                        counts,
                        gauges),
                "read-" + step);
        topology.connectProcessorAndStateStores(step, store(step));
        topology.addSink(
                step + PROGRESS,
                topic,
                new ByteArraySerializer(),
                new JoinInputSerde().serializer(),
                JoinSteps::own,
                step);
    }

    private ShuffleSink sink(String name, String to) {
        return new ShuffleSink(name, to, topics.partitions(), clients);
    }

    private StepState.Past past(String step) {
        return new StepState.Past() {

            @Override
            public OptionalLong restoredFrom(TopicPartition source) {
                return clients.restoredFrom(source);
            }

            @Override
            public void organizations(int partition, long beforeOffset, Consumer<JoinInput.Affiliation> action) {
                organizations.each(step, partition, beforeOffset, action);
            }
        };
    }

    /** The partition that the step reads. */
    private static Optional<Set<Integer>> own(String topic, byte[] key, JoinInput progress, int partitions) {
        String source = ((JoinInput.Watermark) progress).source();
        return Optional.of(Set.of(Integer.parseInt(source.substring(source.indexOf(SEPARATOR) + 1))));
    }

    private static <T> void write(Topology topology, String step, String kind, String topic, Serde<T> serde) {
        topology.addSink(step + kind, topic, new ByteArraySerializer(), serde.serializer(), step);
    }

    /** See {@link ReplayLinkTopology#watermarks}. */
    Map<TopicPartition, Long> watermarks() {
        Map<TopicPartition, Long> watermarks = new HashMap<>();
        for (StepState state : live) {
            long reachedMs = state.reachedMs();
            if (reachedMs > WatermarkEmitter.UNKNOWN && reachedMs != RecordTimeWatermarks.END) {
                watermarks.put(state.source(), reachedMs);
            }
        }
        return watermarks;
    }

    /** See {@link ReplayLinkTopology#explain(Explained, Predicate)}. */
    List<Explanation> explain(Explained by, Predicate<Id> id) {
        List<Explanation> all = new ArrayList<>();
        switch (by) {
            case EVENT -> {
                explain(RESOLVE, explainer -> explainer.onTrace(id), all);
                explain(CHOOSE, explainer -> explainer.amongLookups(id), all);
                explain(CONFIRM, explainer -> explainer.ofReplay(id), all);
            }
            case TRACE -> explain(RESOLVE, explainer -> explainer.ofTrace(id), all);
            case REPLAY -> explain(CONFIRM, explainer -> explainer.toReplay(id), all);
        }
        return all;
    }

    private void explain(String step, Function<Explainer, List<Explanation>> question, List<Explanation> answers) {
        live.stream().filter(state -> state.step().equals(step)).forEach(state -> answers.addAll(state.ask(question)));
    }

    /**
     * A processor without effect, in the place where Streams would fill the store of the step. The step fills it
     * itself.
     */
    private static final class Nothing extends ContextualProcessor<byte[], byte[], Void, Void> {

        @Override
        public void process(Record<byte[], byte[]> block) {}
    }
}
