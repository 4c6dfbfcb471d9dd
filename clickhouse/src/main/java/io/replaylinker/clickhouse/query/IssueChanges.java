package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.Parameters;
import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Merges, splits and deletions of issues, and deletions of events, of some projects. The tables keep the issue with which an error was
 * received; changes are followed when they are read, so that they hold for errors that arrive late too.
 */
final class IssueChanges {

    /** Deleted events are read by their ids, all other changes whole: people make them one by one. */
    private static final String CHANGES = """
            SELECT
                project_id,
                change,
                arrayMap(id -> toString(id), from_group_ids) AS from_groups,
                to_group_id,
                arrayMap(id -> lower(hex(id)), hashes) AS of_hashes,
                arrayMap(id -> lower(hex(id)),
                    arrayFilter(id -> has({events:Array(FixedString(16))}, id), event_ids)) AS of_events
            FROM issue_changes FINAL
            WHERE project_id IN {projects:Array(UInt64)}
              AND (change != 'tombstone_events' OR hasAny(event_ids, {events:Array(FixedString(16))}))
            ORDER BY change_at, change, to_group_id
            LIMIT 100000
            """;

    private static final String PROJECTS = """
            SELECT DISTINCT project_id
            FROM issue_changes
            WHERE hasAny(from_group_ids, {groups:Array(UInt64)}) OR to_group_id IN {groups:Array(UInt64)}
            """;

    /** Stands for the issue of errors that were deleted with it. */
    static final long DELETED = -1;

    private final List<Change> changes;
    private final Set<String> deletedEvents = new HashSet<>();

    private record Change(long projectId, Set<Long> from, long to, Set<String> hashes) {

        long apply(long project, long group, String hash) {
            return project == projectId ? apply(group, hash) : group;
        }

        long apply(long group, String hash) {
            return from.contains(group) && (hashes.isEmpty() || hashes.contains(hash)) ? to : group;
        }
    }

    private IssueChanges(List<Change> changes) {
        this.changes = changes;
    }

    /** Reads all changes of the projects of an issue; none if nothing became of it. Issues of one project only are merged. */
    static IssueChanges of(TableReader tables, long group) {
        List<Long> projects = tables.rows(
                "reading the projects of an issue",
                PROJECTS,
                new Parameters().unsigned("groups", List.of(group)).values(),
                row -> row.number("project_id"));
        return read(tables, projects, List.of());
    }

    /** @param events ids whose deletion matters */
    static IssueChanges read(TableReader tables, Collection<Long> projects, Collection<String> events) {
        IssueChanges all = new IssueChanges(new ArrayList<>());
        if (projects.isEmpty()) {
            return all;
        }
        Parameters parameters = new Parameters()
                .unsigned("projects", new LinkedHashSet<>(projects))
                .ids("events", new LinkedHashSet<>(events));
        tables.rows("reading changes of issues", CHANGES, parameters.values(), row -> {
            all.add(row);
            return row.number("project_id");
        });
        return all;
    }

    private void add(TableRow row) {
        long project = row.number("project_id");
        if (row.text("change").equals("tombstone_events")) {
            row.texts("of_events").forEach(event -> deletedEvents.add(project + "/" + event));
            return;
        }
        long to = row.number("to_group_id");
        Set<Long> from = new HashSet<>();
        row.texts("from_groups").forEach(group -> from.add(Long.parseUnsignedLong(group)));
        changes.add(new Change(project, from, to == 0 ? DELETED : to, new HashSet<>(row.texts("of_hashes"))));
    }

    /**
     * The issue of an event now, 0 if it has none; empty if the event or its issue was deleted.
     *
     * @param group with which it was received, 0 for none
     */
    OptionalLong issueOf(long project, String eventId, long group, String hash) {
        long current = current(project, group, hash);
        return current == DELETED || isDeleted(project, eventId) ? OptionalLong.empty() : OptionalLong.of(current);
    }

    boolean isDeleted(long project, String eventId) {
        return deletedEvents.contains(project + "/" + eventId);
    }

    /**
     * The issue of an error now.
     *
     * @param group with which it was received
     * @return {@link #DELETED} when the issue was deleted
     */
    long current(long project, long group, String hash) {
        long current = group;
        for (Change change : changes) {
            current = change.apply(project, current, hash);
        }
        return current;
    }

    /**
     * The issue of errors with a hash now, if all of these changes are of its project.
     *
     * @param group with which they were received
     * @param hash empty for any hash that no split names
     * @return {@link #DELETED} when the issue was deleted
     */
    long current(long group, String hash) {
        long current = group;
        for (Change change : changes) {
            current = change.apply(current, hash);
        }
        return current;
    }

    /** The hashes that splits of these issues name. */
    Set<String> hashes(Set<Long> groups) {
        Set<String> hashes = new LinkedHashSet<>();
        changes.stream()
                .filter(change -> !Collections.disjoint(change.from(), groups))
                .forEach(change -> hashes.addAll(change.hashes()));
        return hashes;
    }

    /** The issues with which errors may have been received that are of this one now, itself among them. */
    Set<Long> sources(long group) {
        Set<Long> sources = new LinkedHashSet<>(List.of(group));
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (sources.contains(changes.get(i).to())) {
                sources.addAll(changes.get(i).from());
            }
        }
        return sources;
    }
}
