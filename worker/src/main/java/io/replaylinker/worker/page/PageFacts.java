package io.replaylinker.worker.page;

import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.settings.Role;
import io.replaylinker.runtime.settings.Setting;
import io.replaylinker.runtime.settings.Settings;
import io.replaylinker.runtime.settings.SourceTopic;
import io.replaylinker.runtime.settings.WorkerSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts that do not change while the worker runs. */
final class PageFacts {

    private final Settings settings;
    private final Instant startedAt;
    private final @Nullable String version;
    private final boolean members;

    /** @param members whether the page can list all workers */
    PageFacts(Settings settings, Instant startedAt, boolean members) {
        this.members = members;
        this.settings = settings;
        this.startedAt = startedAt;
        this.version = PageFacts.class.getPackage().getImplementationVersion();
    }

    void write(JsonFields json) {
        json.time("started_at", startedAt);
        json.text("version", version);
        json.text("application_id", settings.get(WorkerSettings.APPLICATION_ID));
        json.texts("roles", Role.labels(settings.get(WorkerSettings.ROLES)));
        json.flag("members", members);
        json.object("topics", () -> {
            json.texts("events", names(WorkerSettings.EVENTS_TOPICS));
            json.texts("spans", names(WorkerSettings.SPANS_TOPICS));
            json.texts("replays", names(WorkerSettings.REPLAYS_TOPICS));
            json.text("links", settings.get(WorkerSettings.LINKS_TOPIC));
            json.text("unlinked", settings.get(WorkerSettings.UNLINKED_TOPIC));
            json.text("states", settings.get(WorkerSettings.STATES_TOPIC));
            json.text("dead_letters", settings.get(WorkerSettings.DEAD_LETTERS_TOPIC));
        });
    }

    private List<String> names(Setting<List<SourceTopic>> sources) {
        return settings.get(sources).stream().map(SourceTopic::topic).toList();
    }
}
