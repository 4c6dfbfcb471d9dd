package io.replaylinker.clickhouse.query;

/** The replays of a trace, newest first. */
public record TraceStory(String traceId, Page<ReplayHit> replays) {}
