package io.replaylinker.clickhouse.query;

/** A replay's life and its events in the order of time. Those of a replay that a user deleted are not told. */
public record ReplayStory(KnownReplay replay, Page<LinkedEvent> events) {}
