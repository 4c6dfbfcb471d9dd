package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.oneOf;
import static io.replaylinker.runtime.settings.ValueTypes.pagePath;
import static io.replaylinker.runtime.settings.ValueTypes.slugsByOrganization;
import static io.replaylinker.runtime.settings.ValueTypes.topic;
import static io.replaylinker.runtime.settings.ValueTypes.webAddress;

import io.replaylinker.schemas.Method;
import io.replaylinker.sinks.sentry.EventLinkMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Settings of Sentry itself: links to its pages, and the output to it; a part of the table of {@link WorkerSettings}. */
public final class SentrySettings {

    public static final Setting<String> URL = Setting.of(
            "sentry.url",
            webAddress(),
            null,
            "Address of Sentry's web interface. Answers of the commands, the status page and, after tables --apply, the views"
                    + " of ClickHouse link to its pages.");
    public static final Setting<Map<Long, String>> ORGANIZATION_SLUGS = Setting.of(
            "sentry.organization.slugs",
            slugsByOrganization(),
            null,
            "Slugs of the organizations in Sentry's addresses. Organizations that are not named here get no links.");
    public static final Setting<String> REPLAY_PATH = Setting.of(
            "sentry.replay-path",
            pagePath(),
            "explore/replays/{id}/",
            "Path of a replay's page below its organization. Older releases of Sentry have replays/{id}/.");
    public static final Setting<String> TRACE_PATH = Setting.of(
            "sentry.trace-path",
            pagePath(),
            "explore/traces/trace/{id}/",
            "Path of a trace's page below its organization. Older releases of Sentry have performance/trace/{id}/.");
    public static final Setting<EventLinkMode> EVENT_LINKS = Setting.of(
            "sentry.event-links",
            oneOf(EventLinkMode.class),
            "off",
            "Links to write to Sentry's replay topic: off; missing, the links that Sentry cannot make; all, where it makes none.");
    public static final Setting<String> EVENT_LINKS_TOPIC = Setting.of(
            "sentry.event-links.topic",
            topic(),
            null,
            "Sentry's replay topic, to write to; where it is not set, the one that replays.topics reads as sentry-json.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "Sentry",
            "Answers can link to Sentry's pages. The sink can also write links to Sentry; read"
                    + " [the consequences](operations.md#telling-sentry) first.",
            URL,
            ORGANIZATION_SLUGS,
            REPLAY_PATH,
            TRACE_PATH,
            EVENT_LINKS,
            EVENT_LINKS_TOPIC);

    private SentrySettings() {}

    /** The topic to write to; empty when writing to Sentry is not configured. */
    public static Optional<String> writtenTopic(Settings settings) {
        return mode(settings) == EventLinkMode.OFF
                ? Optional.empty()
                : settings.find(EVENT_LINKS_TOPIC).or(() -> onlyOne(sentryTopics(settings)));
    }

    static void check(Settings settings, Mistakes mistakes) {
        addressIsWhole(settings, mistakes);
        if (mode(settings) != EventLinkMode.OFF) {
            sinkRuns(settings, mistakes);
            topicIsSentrys(settings, mistakes);
            sentrysOwnAreKnown(settings, mistakes);
        }
    }

    /** One without the other would link nothing. */
    private static void addressIsWhole(Settings settings, Mistakes mistakes) {
        boolean url = settings.find(URL).isPresent();
        boolean slugs = settings.find(ORGANIZATION_SLUGS).isPresent();
        if (url && !slugs) {
            mistakes.add("sentry.organization.slugs", "is required with sentry.url, as 1:acme,2:other");
        } else if (slugs && !url) {
            mistakes.add("sentry.url", "is required with sentry.organization.slugs, as https://sentry.example.com");
        }
    }

    private static EventLinkMode mode(Settings settings) {
        return settings.find(EVENT_LINKS).orElse(EventLinkMode.OFF);
    }

    private static void sinkRuns(Settings settings, Mistakes mistakes) {
        if (settings.find(WorkerSettings.ROLES)
                .filter(roles -> !roles.contains(Role.SINK))
                .isPresent()) {
            mistakes.add("sentry.event-links", "is the work of the role sink, which roles does not name");
        }
    }

    private static void topicIsSentrys(Settings settings, Mistakes mistakes) {
        Optional<String> written = writtenTopic(settings);
        if (written.isEmpty()) {
            mistakes.add(
                    "sentry.event-links.topic",
                    "is required, because replays.topics names %s topic as sentry-json"
                            .formatted(sentryTopics(settings).isEmpty() ? "no" : "more than one"));
        } else if (notSentrys(settings).anyMatch(written.get()::equals)) {
            mistakes.add(
                    "sentry.event-links.topic",
                    "must be the one that Sentry reads replays from; " + written.get() + " is set for another purpose");
        }
    }

    /** Without explicit ids, an error that has one is linked by its trace, and the join does not know that Sentry has linked it too. */
    private static void sentrysOwnAreKnown(Settings settings, Mistakes mistakes) {
        Stream<Set<Method>> everywhere = Stream.concat(
                settings.find(WorkerSettings.METHODS).stream(),
                settings.find(WorkerSettings.METHODS_BY_PROJECT).stream().flatMap(some -> some.values().stream()));
        if (mode(settings) == EventLinkMode.MISSING
                && everywhere.anyMatch(methods -> !methods.isEmpty() && !methods.contains(Method.REPLAY_ID))) {
            mistakes.add(
                    "sentry.event-links",
                    "missing needs replay_id among the methods of every project, "
                            + "otherwise links that Sentry has made would be written again");
        }
    }

    private static Stream<String> notSentrys(Settings settings) {
        Stream<String> read = WorkerSettings.SOURCES.stream()
                .flatMap(sources -> settings.find(sources).stream())
                .flatMap(List::stream)
                .map(SourceTopic::topic)
                .filter(topic -> !sentryTopics(settings).contains(topic));
        Stream<String> written = WorkerSettings.OUTPUTS.stream().flatMap(output -> settings.find(output).stream());
        return Stream.concat(read, written);
    }

    private static List<String> sentryTopics(Settings settings) {
        return settings.find(WorkerSettings.REPLAYS_TOPICS).orElse(List.of()).stream()
                .filter(source -> source.format() == SourceFormat.SENTRY_JSON)
                .map(SourceTopic::topic)
                .toList();
    }

    private static Optional<String> onlyOne(List<String> topics) {
        return topics.size() == 1 ? Optional.of(topics.get(0)) : Optional.empty();
    }
}
