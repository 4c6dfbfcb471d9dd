package io.replaylinker.benchmarks.join;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.benchmarks.peer.DslJoin;
import io.replaylinker.benchmarks.peer.SegmentEvents;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SettingsReader;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.DecodedValues;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.runtime.wiring.TopologyWiring;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;

/** The deployed worker's own wiring, with the trial's settings and the defaults of all others. */
final class WorkerWiring {

    private final TrialPlan plan;
    private final Settings settings;
    private final ValueSerdes serdes = SourceSchemas.serdes();
    private final MeterRegistry meters = new SimpleMeterRegistry();

    WorkerWiring(TrialPlan plan) {
        this.plan = plan;
        this.settings = SettingsReader.of(settings(plan));
    }

    private static Map<String, String> settings(TrialPlan plan) {
        SourceTopics sources = plan.sources();
        String format = ":" + sources.format().setting();
        Map<String, String> settings = new HashMap<>();
        settings.put("application.id", plan.id());
        settings.put("events.topics", sources.events() + format + "," + sources.transactions() + format);
        settings.put(
                "spans.topics", sources.spans().map(topic -> topic + format).orElse("none"));
        settings.put("replays.topics", sources.replays() + format);
        settings.put("wait", plan.waitFor().toSeconds() + "s");
        settings.put("memory", plan.memory().toSeconds() + "s");
        settings.put("links.topic", plan.output());
        settings.put("unlinked.topic", plan.id() + "-unlinked");
        settings.put("states.topic", plan.id() + "-states");
        settings.put("dead-letters.topic", plan.id() + "-dead-letters");
        settings.put("trace-nodes.topic", plan.id() + "-trace-nodes");
        settings.put("context.nodes", "off");
        settings.put("topics.retention", "3650d");
        settings.put("schema.registry.url", SourceSchemas.REGISTRY_URL);
        settings.put("threads", Integer.toString(plan.threads()));
        settings.put("state.memory", "4g");
        settings.put("processing.guarantee", plan.guarantee().setting());
        settings.put("kafka.bootstrap.servers", plan.bootstrapServers());
        settings.putAll(plan.more());
        return settings;
    }

    /** Makes the topics that it writes. */
    void prepareTopics() {
        new TopicsWiring(settings).prepare();
    }

    ReplayLinkTopology pipeline() {
        WatermarkSettings defaults = WatermarkSettings.defaults();
        TopologySettings topologySettings = new TopologyWiring(settings, serdes)
                .topologySettings(
                        new WatermarkSettings(defaults.idleAfter(), plan.startupGrace(), defaults.watermarkInterval()));
        return new ReplayLinkTopology(topologySettings, meters, Clock.systemUTC());
    }

    int shufflePartitions() {
        return settings.get(WorkerSettings.SHUFFLE_PARTITIONS);
    }

    /** What the rows of the join take, by its own estimate of a second ago at most. */
    long stateBytes() {
        return meters.find("replay.linker.state").gauges().stream()
                .mapToLong(step -> Math.round(step.value()))
                .sum();
    }

    /** The DSL's join on the same sources, with as many partitions behind the shuffle as the product has. */
    DslJoin dslJoin(LongAdder pairs) {
        SourceTopics sources = plan.sources();
        boolean avro = sources.format() == Format.AVRO;
        Supplier<RecordDecoder<BackendEvent>> events =
                avro ? () -> serdes.decoder(BackendEvent.class) : SentryEventDecoder::new;
        Supplier<RecordDecoder<ReplaySegment>> replays =
                avro ? () -> serdes.decoder(ReplaySegment.class) : SentryReplayDecoder::new;
        List<Source<BackendEvent>> all = new ArrayList<>();
        all.add(new Source<>(sources.events(), events));
        all.add(new Source<>(sources.transactions(), events));
        sources.spans().ifPresent(spans -> all.add(new Source<>(spans, SegmentEvents::new)));
        return new DslJoin(
                all,
                new Source<>(sources.replays(), replays),
                plan.waitFor(),
                plan.memory(),
                shufflePartitions(),
                Serdes.serdeFrom(serdes.serializer(Link.class), new DecodedValues<>(serdes.decoder(Link.class))),
                plan.output(),
                pairs);
    }

    Properties streams() {
        Properties properties = new Properties();
        properties.putAll(new KafkaProperties(settings).streams());
        return properties;
    }

    Duration commitInterval() {
        return Duration.ofMillis(new StreamsConfig(streams()).getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
    }
}
