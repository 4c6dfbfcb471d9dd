package io.replaylinker.benchmarks.join;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replaylinker.benchmarks.peer.DslJoin;
import io.replaylinker.benchmarks.peer.SegmentEvents;
import io.replaylinker.benchmarks.workload.Format;
import io.replaylinker.benchmarks.workload.SourceSchemas;
import io.replaylinker.benchmarks.workload.SourceTopics;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.topology.LogTopics;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.ReplaySideSettings;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.SettingsReader;
import io.replaylinker.worker.settings.WorkerSettings;
import io.replaylinker.worker.wiring.DecodedValues;
import io.replaylinker.worker.wiring.KafkaProperties;
import io.replaylinker.worker.wiring.TopicsWiring;
import io.replaylinker.worker.wiring.TopologyWiring;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** The deployed worker's own wiring, with the trial's settings and the defaults of all others. */
final class WorkerWiring {

    private final TrialPlan plan;
    private final Settings settings;
    private final ValueSerdes serdes = SourceSchemas.serdes();

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
        settings.put("lives.topic", plan.id() + "-lives");
        settings.put("dead-letters.topic", plan.id() + "-dead-letters");
        settings.put("topics.retention", "3650d");
        settings.put("schema.registry.url", SourceSchemas.REGISTRY_URL);
        settings.put("threads", Integer.toString(plan.threads()));
        settings.put("state.dir", plan.folder().resolve("state").toString());
        settings.put("processing.guarantee", plan.guarantee().setting());
        settings.put("kafka.bootstrap.servers", plan.bootstrapServers());
        settings.putAll(plan.more());
        return settings;
    }

    /** Makes the output topics. */
    void prepareTopics() throws InterruptedException {
        new TopicsWiring(settings).prepare();
        LogTopics log = log();
        if (log != null) {
            int partitions = settings.get(WorkerSettings.SHUFFLE_PARTITIONS);
            List<NewTopic> topics = new ArrayList<>();
            log.shuffled()
                    .forEach(topic -> topics.add(
                            new NewTopic(topic, partitions, (short) 1).configs(Map.of("retention.ms", "-1"))));
            topics.add(new NewTopic(log.organizations(), 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
            try (Admin admin = Admin.create(new KafkaProperties(settings).admin())) {
                admin.createTopics(topics).all().get();
                while (!admin.listTopics().names().get().contains(log.organizations())) {
                    Thread.sleep(50);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the topics between the steps cannot be made", e);
            }
        }
    }

    ReplayLinkTopology pipeline() {
        ReplaySideSettings defaults = ReplaySideSettings.defaults();
        TopologySettings shape = new TopologyWiring(settings, serdes)
                .shape(new ReplaySideSettings(defaults.idleAfter(), plan.settle(), defaults.tickEvery()));
        return new ReplayLinkTopology(shape, new SimpleMeterRegistry(), Clock.systemUTC(), log());
    }

    private @Nullable LogTopics log() {
        return plan.subject() == Subject.LOG ? new LogTopics(plan.id()) : null;
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
                settings.get(WorkerSettings.SHUFFLE_PARTITIONS),
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
