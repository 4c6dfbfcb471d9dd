package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;

/**
 * The deletion of an event at its source. Nothing may be emitted of the event any more.
 *
 * @param projectId project of the event
 * @param seenMs server receive time of the deletion, epoch milliseconds
 */
public record Tombstone(long projectId, Id eventId, long seenMs) {}
