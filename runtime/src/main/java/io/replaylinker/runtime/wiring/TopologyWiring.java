package io.replaylinker.runtime.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.runtime.settings.ContextNodes;
import io.replaylinker.runtime.settings.ContextSpans;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SourceTopic;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplaySegment;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.Span;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.RecordDecoder;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.serdes.sentry.SentryEventDecoder;
import io.replaylinker.serdes.sentry.SentryReplayDecoder;
import io.replaylinker.serdes.sentry.SentrySpanDecoder;
import io.replaylinker.topology.ContextSettings;
import io.replaylinker.topology.DeadLetterSettings;
import io.replaylinker.topology.EvidenceSettings;
import io.replaylinker.topology.OutputSerdes;
import io.replaylinker.topology.OutputTopics;
import io.replaylinker.topology.ReplayLinkTopology;
import io.replaylinker.topology.Source;
import io.replaylinker.topology.TopologySettings;
import io.replaylinker.topology.WatermarkSettings;
import io.replaylinker.topology.claim.ClaimSettings;
import io.replaylinker.topology.join.JoinSettings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Creates the topology that the settings describe. */
public final class TopologyWiring {

    private final Settings settings;
    private final ValueSerdes serdes;
    private final byte[] userKey;

    /** With a key of user hashes that is not secret: for runs whose hashes do not leave the process. */
    public TopologyWiring(Settings settings, ValueSerdes serdes) {
        this(settings, serdes, EvidenceSettings.defaults().userKey());
    }

    /** @param userKey see {@link UserKey} */
    public TopologyWiring(Settings settings, ValueSerdes serdes, byte[] userKey) {
        this.settings = settings;
        this.serdes = serdes;
        this.userKey = userKey.clone();
    }

    /** The pipeline of the deployed worker, which expires events after their wait. */
    public ReplayLinkTopology unbounded(MeterRegistry meters) {
        WatermarkSettings defaults = WatermarkSettings.defaults();
        return pipeline(
                new WatermarkSettings(
                        settings.get(WorkerSettings.REPLAYS_IDLE_AFTER),
                        defaults.startupGrace(),
                        defaults.watermarkInterval()),
                meters);
    }

    /**
     * The pipeline of a run over recorded input, where events expire as they would have done in the deployed worker at the time.
     *
     * @param clock fixed at the end of the input
     */
    public ReplayLinkTopology recorded(MeterRegistry meters, Clock clock) {
        WatermarkSettings watermark = WatermarkSettings.recorded(settings.get(WorkerSettings.REPLAYS_IDLE_AFTER));
        return new ReplayLinkTopology(topologySettings(watermark), meters, clock);
    }

    /** The pipeline with another expiry than the one that the settings describe. */
    public ReplayLinkTopology pipeline(WatermarkSettings watermark, MeterRegistry meters) {
        return new ReplayLinkTopology(topologySettings(watermark), meters, Clock.systemUTC());
    }

    /** All parameters of the topology, for callers that run the join by other means. */
    public TopologySettings topologySettings(WatermarkSettings watermark) {
        ContextSettings context = context();
        return new TopologySettings(
                sources(
                        WorkerSettings.EVENTS_TOPICS,
                        () -> new SentryEventDecoder(context.written()),
                        BackendEvent.class),
                sources(WorkerSettings.SPANS_TOPICS, () -> new SentrySpanDecoder(context.innerSpans()), Span.class),
                sources(WorkerSettings.REPLAYS_TOPICS, SentryReplayDecoder::new, ReplaySegment.class),
                outputs(settings),
                new OutputSerdes(
                        serde(Link.class),
                        serde(Unlinked.class),
                        serde(ReplayState.class),
                        serde(DeadLetter.class),
                        serde(TraceNode.class)),
                new EvidenceSettings(methods(), userKey.clone()),
                join(),
                watermark,
                new ShuffleTopics(settings).settings(),
                new DeadLetterSettings(
                        settings.get(WorkerSettings.DEAD_LETTERS_HEAD_BYTES),
                        settings.get(WorkerSettings.DEAD_LETTERS_MAX_SHARE)),
                context);
    }

    private ContextSettings context() {
        ContextNodes nodes = settings.get(TraceContextSettings.NODES);
        return new ContextSettings(
                nodes != ContextNodes.OFF,
                nodes == ContextNodes.ALL,
                nodes == ContextNodes.ALL && settings.get(TraceContextSettings.SPANS) != ContextSpans.CALLS,
                settings.get(TraceContextSettings.SPANS) == ContextSpans.ON);
    }

    private ClaimSettings methods() {
        return new ClaimSettings(
                settings.get(WorkerSettings.METHODS),
                settings.find(WorkerSettings.METHODS_BY_PROJECT).orElse(Map.of()));
    }

    /** The topics that the join writes. */
    public static OutputTopics outputs(Settings settings) {
        return new OutputTopics(
                settings.get(WorkerSettings.LINKS_TOPIC),
                settings.get(WorkerSettings.UNLINKED_TOPIC),
                settings.get(WorkerSettings.STATES_TOPIC),
                settings.get(WorkerSettings.DEAD_LETTERS_TOPIC),
                settings.get(TraceContextSettings.TOPIC));
    }

    private JoinSettings join() {
        return new JoinSettings(
                settings.get(WorkerSettings.WAIT),
                settings.get(WorkerSettings.MEMORY),
                settings.get(WorkerSettings.CONFIRM),
                settings.get(WorkerSettings.TRACE_TOLERANCE),
                settings.get(WorkerSettings.TRACE_SHARED),
                settings.get(WorkerSettings.TRACE_MAX_VISITS),
                settings.get(WorkerSettings.TRACE_MAX_SPANS),
                settings.get(WorkerSettings.TENANCY),
                methods());
    }

    private <T extends SpecificRecord> List<Source<T>> sources(
            Setting<List<SourceTopic>> topics, Supplier<RecordDecoder<T>> sentryJson, Class<T> type) {
        return settings.get(topics).stream()
                .map(source -> new Source<>(
                        source.topic(),
                        switch (source.format()) {
                            case SENTRY_JSON -> sentryJson;
                            case AVRO -> () -> serdes.decoder(type);
                        }))
                .toList();
    }

    /** Outputs are only written. */
    private <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serdes.serializer(type), new DecodedValues<>(serdes.decoder(type)));
    }
}
