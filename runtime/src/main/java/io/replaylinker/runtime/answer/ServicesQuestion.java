package io.replaylinker.runtime.answer;

import io.replaylinker.clickhouse.query.Answer;
import io.replaylinker.clickhouse.query.Lookup;
import io.replaylinker.runtime.cli.TextTable;
import io.replaylinker.runtime.cli.Words;
import io.replaylinker.runtime.json.JsonFields;
import io.replaylinker.runtime.trace.ServiceMap;
import io.replaylinker.runtime.trace.TraceTree;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A query for which projects call which around an issue, from the traces of its latest errors. */
public record ServicesQuestion(long group, OrganizationOptions options) implements Question<ServiceMap> {

    @Override
    public String kind() {
        return "services";
    }

    @Override
    public String subject() {
        return "issue " + Words.id(group);
    }

    @Override
    public Answer<ServiceMap> ask(Lookup lookup, Clock clock) {
        return lookup.contexts()
                .tracesOfIssue(group, options.organization())
                .map(traces ->
                        ServiceMap.of(group, traces.stream().map(TraceTree::of).toList()));
    }

    @Override
    public List<String> text(ServiceMap map, SentryLinks sentry) {
        List<String> lines = new ArrayList<>();
        lines.add("Issue " + Words.id(group) + ": "
                + (map.projects().size() == 1 ? "project " : "projects ")
                + String.join(", ", map.projects().stream().map(Words::id).toList())
                + ", from the traces of its latest "
                + map.traces() + (map.traces() == 1 ? " error" : " errors"));
        if (map.edges().isEmpty()) {
            lines.add("  no call from one project to another is in them");
            return lines;
        }
        TextTable table = new TextTable("  ", "caller", "called", ">calls", ">failed", ">traces");
        map.edges()
                .forEach(edge -> table.row(
                        "project " + Words.id(edge.caller()),
                        "project " + Words.id(edge.called()),
                        Long.toString(edge.calls()),
                        Long.toString(edge.failed()),
                        Long.toString(edge.traces())));
        lines.addAll(table.lines());
        return lines;
    }

    @Override
    public void write(ServiceMap map, JsonFields json, SentryLinks sentry) {
        json.id("issue", group);
        json.texts("projects", map.projects().stream().map(Words::id).toList());
        json.number("traces", (long) map.traces());
        json.array("edges", map.edges(), edge -> {
            json.id("caller_project_id", edge.caller());
            json.id("called_project_id", edge.called());
            json.number("calls", edge.calls());
            json.number("failed", edge.failed());
            json.number("traces", edge.traces());
        });
    }

    @Override
    public NotFound unknown(Lookup lookup, Clock clock) {
        return NotFound.because("no error of it with a trace is kept");
    }
}
