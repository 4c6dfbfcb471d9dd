package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;

/**
 * An event was deleted at its source, so nothing may be said of it any more.
 *
 * @param projectId project of the event
 * @param seenMs server receive time of the deletion, epoch milliseconds
 */
public record Tombstone(long projectId, Id eventId, long seenMs) {}
