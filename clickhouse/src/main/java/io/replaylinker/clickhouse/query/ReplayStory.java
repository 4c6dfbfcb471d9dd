package io.replaylinker.clickhouse.query;

/** A replay's state and its events in chronological order. Events of a replay that a user deleted are left out. */
public record ReplayStory(KnownReplay replay, Page<LinkedEvent> events) {}
