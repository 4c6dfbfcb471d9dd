package io.replaylinker.runtime.settings;

import static io.replaylinker.runtime.settings.ValueTypes.duration;
import static io.replaylinker.runtime.settings.ValueTypes.oneOf;
import static io.replaylinker.runtime.settings.ValueTypes.topic;

import java.time.Duration;
import java.util.List;

/** What is kept of each trace beside its links: the nodes of its tree, and the details of its errors. */
public final class TraceContextSettings {

    public static final Setting<ContextNodes> NODES = Setting.of(
            "context.nodes",
            oneOf(ContextNodes.class),
            "all",
            "Events and segments that are kept for the trees of their traces: all, linked (only those that the tables of"
                    + " links have; the details of all errors are kept too), or off (neither).");
    public static final Setting<ContextSpans> SPANS = Setting.of(
            "context.spans",
            oneOf(ContextSpans.class),
            "ids",
            "What is kept of the spans inside a segment: ids, operations and times (ids); names too, which may hold queries"
                    + " (on); or of streamed spans only those that call other services (calls), which costs least.");
    public static final Setting<Duration> RETENTION = Setting.of(
            "context.retention",
            duration(Duration.ofDays(1), Duration.ofDays(3650)),
            "7d",
            "How long the nodes of traces are kept in ClickHouse, in whole days.");
    public static final Setting<Duration> SPANS_RETENTION = Setting.of(
            "context.spans.retention",
            duration(Duration.ofDays(1), Duration.ofDays(3650)),
            "7d",
            "How long the spans inside segments are kept in ClickHouse, in whole days; trees of older traces fall apart.");
    public static final Setting<Duration> ERRORS_RETENTION = Setting.of(
            "context.errors.retention",
            duration(Duration.ofDays(1), Duration.ofDays(3650)),
            "90d",
            "How long the details of errors are kept in ClickHouse, in whole days.");
    public static final Setting<String> TOPIC = Setting.of(
            "trace-nodes.topic",
            topic(),
            "trace-nodes",
            "Topic of the nodes of traces and the details of errors; not used if context.nodes is off.");

    static final SettingsGroup GROUP = new SettingsGroup(
            "Trees of traces",
            "What is kept for the questions about whole traces, errors and issues. [traces.md](traces.md) explains it.",
            NODES,
            SPANS,
            RETENTION,
            SPANS_RETENTION,
            ERRORS_RETENTION,
            TOPIC);

    private TraceContextSettings() {}

    /** The topic that is written and read; empty if {@code context.nodes} is off. */
    public static List<Setting<String>> topics(Settings settings) {
        return settings.get(NODES) == ContextNodes.OFF ? List.of() : List.of(TOPIC);
    }
}
