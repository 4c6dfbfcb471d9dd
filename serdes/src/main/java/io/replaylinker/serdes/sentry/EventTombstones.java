package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The third element of {@code tombstone_events}: the events of a project that Sentry deleted. */
final class EventTombstones {

    private long projectId;
    private Set<Id> eventIds = Set.of();
    private int malformedIds;
    private @Nullable String oldPrimaryHash;

    private EventTombstones() {}

    static EventTombstones read(JsonCursor cursor) throws JsonException {
        EventTombstones tombstones = new EventTombstones();
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                tombstones.take(name, cursor);
            }
        }
        return tombstones;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "project_id" -> projectId = value.integer(0);
            case "event_ids" -> readIds(value);
            case "old_primary_hash" -> oldPrimaryHash = value.string();
            default -> value.skip();
        }
    }

    private void readIds(JsonCursor cursor) throws JsonException {
        eventIds = new LinkedHashSet<>();
        malformedIds = 0;
        if (!cursor.enterArray()) {
            return;
        }
        while (cursor.nextElement()) {
            Id id = Ids.parse(cursor.string());
            if (id == null) {
                malformedIds++;
            } else {
                eventIds.add(id);
            }
        }
    }

    /** Returns a control message if it contains no known deletion. */
    Decoded<BackendEvent> toDecoded(String operation) {
        return projectId <= 0 || eventIds.isEmpty() || isReinserted()
                ? Decoded.control(operation)
                : new Decoded.Tombstones<>(operation, projectId, List.copyOf(eventIds), malformedIds);
    }

    /** Reprocessing removes the row under the old hash only because it inserts the same event under another one. */
    private boolean isReinserted() {
        return oldPrimaryHash != null && !oldPrimaryHash.isBlank();
    }
}
