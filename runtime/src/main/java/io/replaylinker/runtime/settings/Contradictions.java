package io.replaylinker.runtime.settings;

import io.replaylinker.topology.ReplayLinkTopology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Rules against settings that are valid one by one and invalid together. */
final class Contradictions {

    /** Rules for every command. */
    static final List<SettingsCheck> WITHOUT_KAFKA = List.of(
            Contradictions::ownNamesAreUsed,
            Contradictions::topicsDiffer,
            Contradictions::memoryOutlastsWait,
            Contradictions::shuffleHoldsTheWindow,
            OAuthAddresses::areAllowed,
            ClickHouseServerSettings::check,
            SentrySettings::check);

    static final List<SettingsCheck> ALL = Stream.concat(
                    Stream.<SettingsCheck>of(Contradictions::brokersAreNamed, SchemaRegistrySettings::check),
                    WITHOUT_KAFKA.stream())
            .toList();

    /** Names that a user may set under {@code kafka.}, and the settings that determine them here. */
    private static final Map<String, Setting<?>> OURS = Map.of(
            "application.id", WorkerSettings.APPLICATION_ID,
            "group.id", WorkerSettings.APPLICATION_ID,
            "processing.guarantee", WorkerSettings.PROCESSING_GUARANTEE,
            "num.stream.threads", WorkerSettings.THREADS);

    private Contradictions() {}

    private static void brokersAreNamed(Settings settings, Consumer<String> problem) {
        if (!settings.withoutPrefix(PassThrough.KAFKA).containsKey("bootstrap.servers")) {
            problem.accept("kafka.bootstrap.servers: is required, as host1:9092,host2:9092");
        }
    }

    private static void ownNamesAreUsed(Settings settings, Consumer<String> problem) {
        settings.withoutPrefix(PassThrough.KAFKA).keySet().stream().sorted().forEach(name -> {
            Setting<?> ours = OURS.get(KafkaDefinitions.ofClient(name));
            if (ours != null) {
                problem.accept("kafka.%s: set %s instead".formatted(name, ours.name()));
            }
        });
    }

    private static void memoryOutlastsWait(Settings settings, Consumer<String> problem) {
        settings.find(WorkerSettings.WAIT).ifPresent(wait -> settings.find(WorkerSettings.MEMORY)
                .filter(memory -> memory.compareTo(wait) < 0)
                .ifPresent(memory -> problem.accept("memory: must not be shorter than wait, which is %s, not '%s'"
                        .formatted(ValueTypes.show(wait), ValueTypes.show(memory)))));
    }

    /**
     * A start that does not find its whole window would not know which events wait. By default the retention is as long as it has to be.
     */
    private static void shuffleHoldsTheWindow(Settings settings, Consumer<String> problem) {
        Duration retention = settings.find(WorkerSettings.SHUFFLE_RETENTION).orElse(null);
        if (retention == null || settings.isDefault(WorkerSettings.SHUFFLE_RETENTION)) {
            return;
        }
        settings.find(WorkerSettings.WAIT).ifPresent(wait -> settings.find(WorkerSettings.MEMORY)
                .map(memory -> ReplayLinkTopology.window(wait, memory))
                .filter(window -> retention.compareTo(window) < 0)
                .ifPresent(window -> problem.accept(
                        "shuffle.retention: must not be shorter than wait, memory and an hour together, which is %s, not '%s'"
                                .formatted(ValueTypes.show(window), ValueTypes.show(retention)))));
    }

    private static void topicsDiffer(Settings settings, Consumer<String> problem) {
        List<String> topics = new ArrayList<>();
        WorkerSettings.SOURCES.forEach(sources ->
                settings.find(sources).ifPresent(some -> some.forEach(source -> topics.add(source.topic()))));
        List.of(
                        WorkerSettings.LINKS_TOPIC,
                        WorkerSettings.UNLINKED_TOPIC,
                        WorkerSettings.STATES_TOPIC,
                        WorkerSettings.DEAD_LETTERS_TOPIC)
                .forEach(output -> settings.find(output).ifPresent(topics::add));
        Set<String> seen = new HashSet<>();
        topics.stream()
                .filter(topic -> !seen.add(topic))
                .distinct()
                .forEach(topic -> problem.accept("the topic " + topic + " is set for two purposes; give each its own"));
    }
}
