package io.replaylinker.clickhouse.query;

import io.replaylinker.clickhouse.TableReader;
import io.replaylinker.clickhouse.TableRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads the details of errors. */
final class ErrorStories {

    private static final String OF_EVENT = """
            SELECT
                lower(hex(event_id)) AS event,
                organization_id,
                project_id,
                group_id,
                lower(hex(primary_hash)) AS hash,
                error_type,
                error_value,
                culprit,
                level,
                if(handled IS NULL, -1, toInt64(handled)) AS is_handled,
                `transaction`,
                platform,
                release,
                environment,
                event_at,
                lower(hex(trace_id)) AS trace,
                lower(hex(span_id)) AS span,
                frame_functions AS functions,
                frame_files AS files,
                arrayMap(line -> toString(line), frame_lines) AS lines,
                arrayMap(own -> toString(own), frame_in_app) AS own
            FROM error_details
            WHERE organization_id IN {organizations:Array(UInt64)}
              AND event_id BETWEEN {first:FixedString(16)} AND {last:FixedString(16)}
              AND ({any_project:UInt8} OR project_id = {project:UInt64})
            ORDER BY event_id, project_id
            LIMIT 1 BY organization_id, event_id, project_id
            LIMIT 200
            """;

    private final TableReader tables;
    private final ParallelQueries queries;
    private final List<Long> organizations;

    ErrorStories(TableReader tables, ParallelQueries queries, List<Long> organizations) {
        this.tables = tables;
        this.queries = queries;
        this.organizations = organizations;
    }

    PartialResult<ErrorStory> find(IdPrefix event, Filter filter) {
        Supplier<EventOf> linked =
                queries.submit(() -> EventOf.read(tables, queries, organizations, event, Filter.page(1)));
        List<Row> rows = tables.rows(
                "reading an error",
                OF_EVENT,
                event.in(Links.narrowed(organizations, filter)).values(),
                ErrorStories::row);
        EventOf links = linked.get();
        IssueChanges changes = IssueChanges.read(
                tables,
                rows.stream().map(row -> row.error().projectId()).toList(),
                rows.stream().map(row -> row.error().eventId()).toList());
        List<ErrorStory> living = new ArrayList<>();
        for (Row row : rows) {
            ErrorStory error = row.error();
            OptionalLong group = changes.issueOf(error.projectId(), error.eventId(), error.groupId(), row.hash());
            if (group.isPresent()) {
                living.add(error.with(
                        links.story(error.eventId()).map(EventStory::links).orElse(List.of()).stream()
                                .filter(link ->
                                        link.eventId().equals(error.eventId()) && link.projectId() == error.projectId())
                                .toList(),
                        group.getAsLong()));
            }
        }
        Map<String, ErrorStory> byId = new LinkedHashMap<>();
        living.forEach(error -> byId.putIfAbsent(error.eventId(), error));
        return PartialResult.of(List.copyOf(byId.keySet()), id -> Optional.ofNullable(byId.get(id)));
    }

    private record Row(ErrorStory error, String hash) {}

    private static Row row(TableRow row) {
        List<String> functions = row.texts("functions");
        List<String> files = row.texts("files");
        List<String> lines = row.texts("lines");
        List<String> own = row.texts("own");
        List<ErrorStory.Frame> frames = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            frames.add(new ErrorStory.Frame(
                    functions.get(i),
                    files.get(i),
                    Long.parseLong(lines.get(i)),
                    own.get(i).equals("1")));
        }
        long handled = row.number("is_handled");
        return new Row(
                new ErrorStory(
                        row.text("event"),
                        row.number("organization_id"),
                        row.number("project_id"),
                        row.number("group_id"),
                        row.text("error_type"),
                        row.text("error_value"),
                        row.text("culprit"),
                        row.text("level"),
                        handled < 0 ? null : handled == 1,
                        row.text("transaction"),
                        row.text("platform"),
                        row.text("release"),
                        row.text("environment"),
                        row.timestamp("event_at"),
                        Links.idOrEmpty(row.text("trace")),
                        Links.idOrEmpty(row.text("span")),
                        frames,
                        List.of()),
                row.text("hash"));
    }
}
