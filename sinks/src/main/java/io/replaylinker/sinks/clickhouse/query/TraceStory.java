package io.replaylinker.sinks.clickhouse.query;

/** The replays of a trace, the newest first, with the trace's events in each. */
public record TraceStory(String traceId, Page<ReplayHit> replays) {}
