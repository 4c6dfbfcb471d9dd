package io.replaylinker.runtime.settings;

import io.replaylinker.topology.ReplayLinkTopology;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
            SentrySettings::check,
            McpSettings::check);

    /** The brokers, which every run needs. */
    static final String BROKERS = PassThrough.KAFKA.named("bootstrap.servers");

    static final List<SettingsCheck> ALL = Stream.concat(
                    Stream.<SettingsCheck>of(Contradictions::brokersAreNamed, SchemaRegistrySettings::check),
                    WITHOUT_KAFKA.stream())
            .toList();

    /** Names that a user may set under {@code kafka.}, and the settings that determine them here. */
    private static final Map<String, Setting<?>> OURS = Map.of(
            "application.id", WorkerSettings.APPLICATION_ID,
            "group.id", WorkerSettings.APPLICATION_ID,
            "processing.guarantee", WorkerSettings.PROCESSING_GUARANTEE,
            "num.stream.threads", WorkerSettings.THREADS,
            "application.server", HttpSettings.ADVERTISED);

    private Contradictions() {}

    private static void brokersAreNamed(Settings settings, Mistakes mistakes) {
        Set<String> names = settings.withoutPrefix(PassThrough.KAFKA).keySet();
        if (names.contains("bootstrap.servers")) {
            return;
        }
        String required = "is required, as host1:9092,host2:9092";
        List<String> unknown =
                names.stream().filter(name -> !KafkaDefinitions.defines(name)).toList();
        NearestName.of("bootstrap.servers", unknown)
                .ifPresentOrElse(
                        near -> mistakes.add(
                                PassThrough.KAFKA.named(near),
                                "no such setting of Kafka; do you mean " + BROKERS + "? It " + required),
                        () -> mistakes.add(BROKERS, required));
    }

    private static void ownNamesAreUsed(Settings settings, Mistakes mistakes) {
        settings.withoutPrefix(PassThrough.KAFKA).keySet().stream().sorted().forEach(name -> {
            Setting<?> ours = OURS.get(KafkaDefinitions.ofClient(name));
            if (ours != null) {
                mistakes.add(PassThrough.KAFKA.named(name), "set %s instead".formatted(ours.name()));
            }
        });
    }

    private static void memoryOutlastsWait(Settings settings, Mistakes mistakes) {
        settings.find(WorkerSettings.WAIT).ifPresent(wait -> settings.find(WorkerSettings.MEMORY)
                .filter(memory -> memory.compareTo(wait) < 0)
                .ifPresent(memory -> mistakes.add(
                        "memory",
                        "must not be shorter than wait, which is %s, not '%s'"
                                .formatted(ValueTypes.show(wait), ValueTypes.show(memory)))));
    }

    /**
     * A start that does not find its whole window would not know which events wait. By default the retention is as long as it has to be.
     */
    private static void shuffleHoldsTheWindow(Settings settings, Mistakes mistakes) {
        Duration retention = settings.find(WorkerSettings.SHUFFLE_RETENTION).orElse(null);
        if (retention == null || settings.isDefault(WorkerSettings.SHUFFLE_RETENTION)) {
            return;
        }
        settings.find(WorkerSettings.WAIT).ifPresent(wait -> settings.find(WorkerSettings.MEMORY)
                .map(memory -> ReplayLinkTopology.window(wait, memory))
                .filter(window -> retention.compareTo(window) < 0)
                .ifPresent(window -> mistakes.add(
                        "shuffle.retention",
                        "must not be shorter than wait, memory and an hour together, which is %s, not '%s'"
                                .formatted(ValueTypes.show(window), ValueTypes.show(retention)))));
    }

    private static void topicsDiffer(Settings settings, Mistakes mistakes) {
        Map<String, Setting<?>> settingsByTopic = new HashMap<>();
        WorkerSettings.SOURCES.forEach(
                sources -> settings.find(sources).orElse(List.of()).forEach(source -> {
                    topicDiffers(settings, source.topic(), sources, settingsByTopic, mistakes);
                }));
        WorkerSettings.OUTPUTS.forEach(output -> settings.find(output)
                .ifPresent(topic -> topicDiffers(settings, topic, output, settingsByTopic, mistakes)));
    }

    /** Of two settings with one topic, the mistake is in the one that is not a default. */
    private static void topicDiffers(
            Settings settings, String topic, Setting<?> setting, Map<String, Setting<?>> before, Mistakes mistakes) {
        Setting<?> other = before.putIfAbsent(topic, setting);
        if (other != null) {
            Setting<?> wrong = settings.isDefault(setting) ? other : setting;
            mistakes.add(
                    wrong.name(),
                    "the topic %s is also that of %s; give each its own"
                            .formatted(topic, (wrong.equals(setting) ? other : setting).name()));
        }
    }
}
