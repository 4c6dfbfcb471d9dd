package io.replaylinker.runtime.wiring;

import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SourceTopic;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The topics that the join reads. The defaults name more of them than every Sentry has, so default topics that do not exist are not read. A
 * topic that the user names must exist.
 */
public final class SourceTopics {

    /** Topics of the defaults that may be missing; a Sentry always has the others. */
    private static final Set<String> NOT_IN_EVERY_SENTRY = Set.of("transactions", "generic-events", "ingest-spans");

    /** The settings that name them, in a message. */
    public static final String SETTINGS = "events.topics, spans.topics and replays.topics";

    private final Settings settings;

    public SourceTopics(Settings settings) {
        this.settings = settings;
    }

    /** All that the settings name, if the join is among the roles. */
    public List<String> names() {
        return settings.get(WorkerSettings.ROLES).contains(Role.JOIN) ? all().toList() : List.of();
    }

    /** Topics of events, whatever the roles. */
    public List<String> events() {
        return of(WorkerSettings.EVENTS_TOPICS).toList();
    }

    /** Topics of spans, whatever the roles. */
    public List<String> spans() {
        return of(WorkerSettings.SPANS_TOPICS).toList();
    }

    /** Topics of replay segments, whatever the roles. */
    public List<String> replays() {
        return of(WorkerSettings.REPLAYS_TOPICS).toList();
    }

    /** Whether the worker runs without the topic where it does not exist. */
    public boolean mayBeMissing(String topic) {
        return NOT_IN_EVERY_SENTRY.contains(topic)
                && WorkerSettings.SOURCES.stream()
                        .filter(settings::isDefault)
                        .flatMap(this::of)
                        .anyMatch(topic::equals);
    }

    /**
     * The settings with only those topics that are read.
     *
     * @param missing which of the topics do not exist
     */
    public Settings without(Set<String> missing) {
        Settings read = settings;
        for (Setting<List<SourceTopic>> sources : WorkerSettings.SOURCES) {
            List<SourceTopic> existing = settings.get(sources).stream()
                    .filter(source -> !missing.contains(source.topic()) || !mayBeMissing(source.topic()))
                    .toList();
            read = read.reading(sources, existing);
        }
        return read;
    }

    private Stream<String> all() {
        return WorkerSettings.SOURCES.stream().flatMap(this::of);
    }

    private Stream<String> of(Setting<List<SourceTopic>> sources) {
        return settings.get(sources).stream().map(SourceTopic::topic);
    }
}
