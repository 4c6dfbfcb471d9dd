package io.replaylinker.clickhouse.query;

/** Identifies a replay. Several organizations may use the same replay id. */
record ReplayKey(long organizationId, String replayId) {}
