package io.replaylinker.serdes.sentry;

import io.replaylinker.schemas.BackendEvent;
import io.replaylinker.schemas.Id;
import io.replaylinker.serdes.Decoded;
import io.replaylinker.serdes.Ids;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The third element of {@code end_merge}, {@code end_unmerge} and {@code end_delete_groups}. */
final class IssueChanges {

    static final Set<String> OPERATIONS = Set.of("end_merge", "end_unmerge", "end_delete_groups");

    /** Bounds what one message may cost. Sentry merges and deletes at most some thousand issues at a time. */
    private static final int MAX_ELEMENTS = 10_000;

    private final Set<Long> fromGroups = new LinkedHashSet<>();
    private final Set<Id> hashes = new LinkedHashSet<>();
    private long projectId;
    private long toGroup;
    private long atMs = EpochMillis.UNKNOWN;

    private IssueChanges() {}

    static IssueChanges read(JsonCursor cursor) throws JsonException {
        IssueChanges change = new IssueChanges();
        if (cursor.enterObject()) {
            for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
                change.take(name, cursor);
            }
        }
        return change;
    }

    private void take(String name, JsonCursor value) throws JsonException {
        switch (name) {
            case "project_id" -> projectId = value.integer(0);
            case "previous_group_ids", "group_ids" -> readGroups(value);
            case "previous_group_id" -> addGroup(value.integer(0));
            case "new_group_id" -> toGroup = value.integer(0);
            case "hashes" -> readHashes(value);
            case "datetime" -> atMs = value.epochMillis();
            default -> value.skip();
        }
    }

    private void readGroups(JsonCursor cursor) throws JsonException {
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                addGroup(cursor.integer(0));
            }
        }
    }

    private void addGroup(long group) {
        if (group > 0 && fromGroups.size() < MAX_ELEMENTS) {
            fromGroups.add(group);
        }
    }

    private void readHashes(JsonCursor cursor) throws JsonException {
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                Id hash = Ids.parse(cursor.string());
                if (hash != null && hashes.size() < MAX_ELEMENTS) {
                    hashes.add(hash);
                }
            }
        }
    }

    /** Returns a control message if it contains no change that can be followed. */
    Decoded<BackendEvent> toDecoded(String operation) {
        boolean isDeletion = operation.equals("end_delete_groups");
        boolean isSplit = operation.equals("end_unmerge");
        if (projectId <= 0 || fromGroups.isEmpty() || (toGroup <= 0 && !isDeletion) || (isSplit && hashes.isEmpty())) {
            return Decoded.control(operation);
        }
        return new Decoded.IssueChange<>(
                operation,
                projectId,
                List.copyOf(fromGroups),
                isDeletion ? 0 : toGroup,
                isSplit ? List.copyOf(hashes) : List.of(),
                atMs == EpochMillis.UNKNOWN ? 0 : atMs);
    }
}
