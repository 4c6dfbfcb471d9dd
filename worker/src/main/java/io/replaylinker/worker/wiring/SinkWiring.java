package io.replaylinker.worker.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.schemas.Link;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.sinks.clickhouse.ClickHouse;
import io.replaylinker.sinks.clickhouse.LinkSink;
import io.replaylinker.sinks.sentry.EventLinkSink;
import io.replaylinker.worker.settings.SentrySettings;
import io.replaylinker.worker.settings.Settings;
import io.replaylinker.worker.settings.WorkerSettings;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;

/** The sinks that the settings describe. */
public final class SinkWiring {

    private final Settings settings;
    private final ValueSerdes serdes;

    public SinkWiring(Settings settings, ValueSerdes serdes) {
        this.settings = settings;
        this.serdes = serdes;
    }

    /** The consumer group of the sink of links; it differs from the join's, so that one can be reset without the other. */
    public String linksGroup() {
        return settings.get(WorkerSettings.APPLICATION_ID) + "-links-sink";
    }

    /** The consumer group of the sink that tells Sentry. */
    public String eventLinksGroup() {
        return settings.get(WorkerSettings.APPLICATION_ID) + "-sentry-sink";
    }

    /** Links into ClickHouse, not yet started. */
    public TopicSink<Link> links(ClickHouse clickHouse, SinkSettings sink, MeterRegistry meters) {
        return LinkSink.create(clickHouse, links(linksGroup()), sink, meters);
    }

    /** Links to Sentry's replay topic, not yet started; empty where Sentry is told nothing. */
    public Optional<TopicSink<Link>> eventLinks(SinkSettings sink, MeterRegistry meters) {
        return SentrySettings.writtenTopic(settings)
                .map(topic -> EventLinkSink.create(
                        settings.get(SentrySettings.EVENT_LINKS),
                        topic,
                        new KafkaProperties(settings).producer(),
                        links(eventLinksGroup()),
                        sink,
                        meters));
    }

    private SinkSource<Link> links(String group) {
        return new SinkSource<>(
                settings.get(WorkerSettings.LINKS_TOPIC),
                new KafkaProperties(settings).consumer(group),
                new DecodedValues<>(serdes.decoder(Link.class)),
                failure -> failure instanceof RegistryUnavailableException || failure instanceof RetriableException);
    }
}
