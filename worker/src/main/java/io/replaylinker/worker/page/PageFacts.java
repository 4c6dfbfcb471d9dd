package io.replaylinker.worker.page;

import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.settings.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Facts that do not change while the worker runs. */
final class PageFacts {

    private final PageSettings settings;
    private final Instant startedAt;
    private final @Nullable String version;
    private final boolean members;

    /** @param members whether the page can list all workers */
    PageFacts(PageSettings settings, Instant startedAt, boolean members) {
        this.members = members;
        this.settings = settings;
        this.startedAt = startedAt;
        this.version = PageFacts.class.getPackage().getImplementationVersion();
    }

    void write(JsonFields json) {
        json.time("started_at", startedAt);
        json.text("version", version);
        json.text("application_id", settings.applicationId());
        json.texts("roles", Role.labels(settings.roles()));
        json.flag("members", members);
        json.object("topics", () -> {
            json.texts("events", settings.sources().events());
            json.texts("spans", settings.sources().spans());
            json.texts("replays", settings.sources().replays());
            json.text("links", settings.outputs().links());
            json.text("unlinked", settings.outputs().unlinked());
            json.text("states", settings.outputs().states());
            json.text("trace_nodes", settings.nodes());
            json.text("dead_letters", settings.outputs().deadLetters());
        });
    }
}
