package io.replaylinker.tools.check;

import io.replaylinker.runtime.settings.HttpSettings;
import io.replaylinker.runtime.settings.PassThrough;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.SchemaRegistrySettings;
import io.replaylinker.runtime.settings.SentrySettings;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.TraceContextSettings;
import io.replaylinker.runtime.settings.WorkerSettings;
import io.replaylinker.runtime.wiring.ClickHouseWiring;
import io.replaylinker.runtime.wiring.ConsumerGroups;
import io.replaylinker.runtime.wiring.KafkaProperties;
import io.replaylinker.runtime.wiring.SerdesWiring;
import io.replaylinker.runtime.wiring.ShuffleTopics;
import io.replaylinker.runtime.wiring.SourceTopics;
import io.replaylinker.runtime.wiring.TopicsWiring;
import io.replaylinker.schemas.DeadLetter;
import io.replaylinker.schemas.Link;
import io.replaylinker.schemas.ReplayState;
import io.replaylinker.schemas.TraceNode;
import io.replaylinker.schemas.Unlinked;
import io.replaylinker.worker.start.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** Creates the checks before a start with these settings. */
final class CheckWiring {

    private static final Duration TRANSACTION_WITHIN = Duration.ofSeconds(10);

    private CheckWiring() {}

    /** What the roles of a worker need. */
    static List<AreaCheck> all(Settings settings, Clock clock) {
        List<AreaCheck> areas = new ArrayList<>();
        areas.add(given(settings));
        areas.add(machine(settings));
        areas.add(kafka(settings, clock));
        areas.add(registry(settings));
        if (settings.get(WorkerSettings.ROLES).contains(Role.SINK)) {
            areas.add(clickHouse(settings, clock));
        }
        return areas;
    }

    static SettingsLook given(Settings settings) {
        return new SettingsLook(
                settings.changed().size(),
                PassThrough.unknownToKafka(settings),
                settings.find(SchemaRegistrySettings.URL).orElse(null));
    }

    static MachineCheck machine(Settings settings) {
        return new MachineCheck(
                joins(settings) ? settings.get(WorkerSettings.STATE_MEMORY).bytes() : 0,
                settings.get(HttpSettings.BIND),
                settings.get(HttpSettings.PORT));
    }

    static KafkaCheck kafka(Settings settings, Clock clock) {
        KafkaProperties kafka = new KafkaProperties(settings);
        List<KafkaLook> looks = new ArrayList<>();
        if (joins(settings)) {
            looks.add(sources(settings, clock));
        }
        looks.add(outputs(settings, kafka));
        if (joins(settings)) {
            looks.add(new InternalTopicsLook(new ShuffleTopics(settings)));
        }
        looks.add(new GroupsLook(ConsumerGroups.of(settings)));
        if (joins(settings) && kafka.isExactlyOnce()) {
            looks.add(new TransactionsLook(
                    new Transactions(kafka.producer(), kafka.applicationId(), TRANSACTION_WITHIN)));
        }
        return new KafkaCheck(kafka, looks);
    }

    private static SourceTopicsLook sources(Settings settings, Clock clock) {
        return new SourceTopicsLook(
                new SourceTopics(settings),
                settings.get(WorkerSettings.CREATE_SOURCE_TOPICS),
                settings.get(WorkerSettings.WAIT),
                settings.get(WorkerSettings.MEMORY),
                clock);
    }

    private static OutputTopicsLook outputs(Settings settings, KafkaProperties kafka) {
        List<String> carried = Stream.concat(
                        Stream.of(
                                WorkerSettings.LINKS_TOPIC, WorkerSettings.UNLINKED_TOPIC, WorkerSettings.STATES_TOPIC),
                        TraceContextSettings.topics(settings).stream())
                .map(settings::get)
                .toList();
        return new OutputTopicsLook(
                new OutputTopicsLook.Topics(
                        settings.get(WorkerSettings.LINKS_TOPIC),
                        carried,
                        SentrySettings.writtenTopic(settings).orElse(null)),
                settings.get(WorkerSettings.ROLES),
                new TopicsWiring(settings),
                kafka);
    }

    static RegistryCheck registry(Settings settings) {
        return new RegistryCheck(SerdesWiring.impatient(settings), joins(settings) ? written(settings) : Map.of());
    }

    /** What the join writes, by topic. */
    private static Map<String, Class<? extends SpecificRecord>> written(Settings settings) {
        Map<String, Class<? extends SpecificRecord>> written = new LinkedHashMap<>();
        written.put(settings.get(WorkerSettings.LINKS_TOPIC), Link.class);
        written.put(settings.get(WorkerSettings.UNLINKED_TOPIC), Unlinked.class);
        written.put(settings.get(WorkerSettings.STATES_TOPIC), ReplayState.class);
        written.put(settings.get(WorkerSettings.DEAD_LETTERS_TOPIC), DeadLetter.class);
        for (Setting<String> topic : TraceContextSettings.topics(settings)) {
            written.put(settings.get(topic), TraceNode.class);
        }
        return written;
    }

    static ClickHouseCheck clickHouse(Settings settings, Clock clock) {
        return new ClickHouseCheck(ClickHouseWiring.settings(settings), clock);
    }

    private static boolean joins(Settings settings) {
        return settings.get(WorkerSettings.ROLES).contains(Role.JOIN);
    }
}
