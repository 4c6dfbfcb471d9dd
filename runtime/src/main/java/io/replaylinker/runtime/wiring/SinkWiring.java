package io.replaylinker.runtime.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.replaylinker.clickhouse.ClickHouse;
import io.replaylinker.clickhouse.TraceRecordColumns;
import io.replaylinker.runtime.settings.BadRowsPolicy;
import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SinkFaultSettings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.serdes.RegistryUnavailableException;
import io.replaylinker.serdes.avro.ValueSerdes;
import io.replaylinker.sinks.BadRows;
import io.replaylinker.sinks.SinkSettings;
import io.replaylinker.sinks.SinkSource;
import io.replaylinker.sinks.Sinks;
import io.replaylinker.sinks.TopicSink;
import io.replaylinker.sinks.clickhouse.TableSink;
import io.replaylinker.sinks.sentry.EventLinkSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Creates the sinks that the settings describe. */
public final class SinkWiring {

    private final Settings settings;
    private final ValueSerdes serdes;
    private final @Nullable String address;

    public SinkWiring(Settings settings, ValueSerdes serdes) {
        this(settings, serdes, null);
    }

    /**
     * Sinks of a worker that others find by its address.
     *
     * @param address host and port of its page, which the sinks' consumers announce to their groups; null for none
     */
    public SinkWiring(Settings settings, ValueSerdes serdes, @Nullable String address) {
        this.settings = settings;
        this.serdes = serdes;
        this.address = address;
    }

    /** All sinks, not yet started: links, replay states and unlinked events to ClickHouse; links to Sentry. */
    public Sinks all(ClickHouse clickHouse, SinkSettings sink, MeterRegistry meters) {
        List<TopicSink<?>> sinks = new ArrayList<>();
        SinkSource<Link> links = source(WorkerSettings.LINKS_TOPIC, ConsumerGroups.LINKS, Link.class);
        sinks.add(TableSink.LINKS.create(clickHouse, links, sink, badRows(), meters));
        SinkSource<ReplayState> states = source(WorkerSettings.STATES_TOPIC, ConsumerGroups.STATES, ReplayState.class);
        sinks.add(TableSink.STATES.create(clickHouse, states, sink, badRows(), meters));
        SinkSource<Unlinked> unlinked = source(WorkerSettings.UNLINKED_TOPIC, ConsumerGroups.UNLINKED, Unlinked.class);
        sinks.add(TableSink.UNLINKED.create(clickHouse, unlinked, sink, badRows(), meters));
        TraceContextSettings.topics(settings).forEach(topic -> {
            SinkSource<TraceNode> nodes = source(topic, ConsumerGroups.NODES, TraceNode.class);
            sinks.add(TableSink.nodes(retention()).create(clickHouse, nodes, sink, badRows(), meters));
        });
        eventLinks(sink, meters).ifPresent(sinks::add);
        return new Sinks(sinks);
    }

    private TraceRecordColumns.Retention retention() {
        return new TraceRecordColumns.Retention(
                days(TraceContextSettings.RETENTION),
                days(TraceContextSettings.SPANS_RETENTION),
                days(TraceContextSettings.ERRORS_RETENTION));
    }

    private int days(Setting<Duration> retention) {
        return (int) settings.get(retention).toDays();
    }

    /** Sink of links to Sentry's replay topic, not yet started; empty where writing to Sentry is not configured. */
    Optional<TopicSink<Link>> eventLinks(SinkSettings sink, MeterRegistry meters) {
        return SentrySettings.writtenTopic(settings)
                .map(topic -> EventLinkSink.create(
                        settings.get(SentrySettings.EVENT_LINKS),
                        topic,
                        new KafkaProperties(settings).producer(),
                        source(WorkerSettings.LINKS_TOPIC, ConsumerGroups.SENTRY, Link.class),
                        sink,
                        meters));
    }

    private <T extends SpecificRecord> SinkSource<T> source(Setting<String> topic, String what, Class<T> type) {
        return new SinkSource<>(
                what,
                settings.get(topic),
                consumer(ConsumerGroups.ofSink(settings.get(WorkerSettings.APPLICATION_ID), what)),
                new DecodedValues<>(serdes.decoder(type)),
                failure -> failure instanceof RegistryUnavailableException || failure instanceof RetriableException);
    }

    private Map<String, Object> consumer(String group) {
        Map<String, Object> properties = new HashMap<>(new KafkaProperties(settings).consumer(group));
        if (address != null) {
            properties.putIfAbsent(ConsumerConfig.CLIENT_ID_CONFIG, AnnouncedAddress.clientId(group, address));
        }
        return properties;
    }

    private BadRows badRows() {
        if (settings.get(SinkFaultSettings.BAD_ROWS) == BadRowsPolicy.STOP) {
            return BadRows.stop();
        }
        DeadLetterProducer deadLetters = new DeadLetterProducer(
                DeadLetterProducer.safest(new KafkaProperties(settings).producer()),
                serdes.serializer(DeadLetter.class),
                settings.get(WorkerSettings.DEAD_LETTERS_TOPIC));
        return BadRows.setAside(deadLetters, settings.get(WorkerSettings.DEAD_LETTERS_HEAD_BYTES));
    }
}
