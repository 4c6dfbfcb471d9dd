package io.replaylinker.clickhouse.query;

/** Of a replay among those of all organizations, which may use the same id. */
record ReplayKey(long organizationId, String replayId) {}
