-- What became of an event that is no transaction: one row when it got a link, one when it claimed a replay and got none. An event
-- whose row says LINKED has one; else the newest of its other rows tells why not: the view link_outcomes does that. A link that is
-- taken back replaces its own row, by version, so this table is right by itself.
--
-- Rows without a link come from topic replay-unlinked, transactions among them, which kind tells; they have no replay in the key.
-- Their version is the millisecond of the record, and below it a number made of the reason, so that of two always the same stays.
CREATE TABLE IF NOT EXISTS ${database}.`link_coverage`
(
    `organization_id`   UInt64,
    `hour`              DateTime('UTC') COMMENT 'in which the server received the event' CODEC(Delta, ZSTD(1)),
    `event_project_id`  UInt64,
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_id`         FixedString(16) COMMENT 'zeros in a row without a link' CODEC(ZSTD(1)),
    `kind`              LowCardinality(String) COMMENT 'error or transaction',
    `origin`            LowCardinality(String) COMMENT 'backend or frontend',
    `method`            LowCardinality(String) COMMENT 'what the event claimed: replay_id, flag or trace',
    `outcome`           LowCardinality(String) COMMENT 'LINKED, TAKEN_BACK, DELETED (the event was), or the reason why there is no link',
    `claimed_replay_id` FixedString(16) COMMENT 'the replay that an event without a link named, or that its trace led to; zeros when none' CODEC(ZSTD(1)),
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `version`           UInt64,
    INDEX `event_prefix_bloom` substring(`event_id`, 1, 4) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplacingMergeTree(`version`)
PARTITION BY toYYYYMM(`hour`)
ORDER BY (`organization_id`, `hour`, `event_project_id`, `event_id`, `replay_id`)
TTL `hour` + toIntervalDay(14)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_coverage_from_links` TO ${database}.`link_coverage`
AS SELECT
    l.`organization_id` AS `organization_id`,
    toStartOfHour(toDateTime(l.`received_at`, 'UTC')) AS `hour`,
    l.`event_project_id` AS `event_project_id`,
    l.`event_id` AS `event_id`,
    l.`replay_id` AS `replay_id`,
    'error' AS `kind`,
    if(bitAnd(l.`kind`, 4) = 4, 'frontend', 'backend') AS `origin`,
    l.`method` AS `method`,
    -- The highest version there is says that the event itself was deleted.
    multiIf(l.`is_deleted` = 0, 'LINKED', l.`version` = 9223372036854775807, 'DELETED', 'TAKEN_BACK') AS `outcome`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`
FROM ${database}.`replay_links` AS l
WHERE l.`event_type` != 'transaction';

-- The outcome of each event as it is now.
CREATE VIEW IF NOT EXISTS ${database}.`link_outcomes`
AS SELECT
    c.`organization_id` AS `organization_id`,
    c.`hour` AS `hour`,
    c.`event_project_id` AS `event_project_id`,
    c.`event_id` AS `event_id`,
    any(c.`kind`) AS `kind`,
    any(c.`origin`) AS `origin`,
    max(c.`method`) AS `method`,
    argMax(c.`outcome`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `outcome`,
    max(c.`claimed_replay_id`) AS `claimed_replay_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM ${database}.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`;

-- The same by the hour, for longer than single events are kept. A row holds all outcomes of its hour and is replaced as a whole
-- whenever the hour is reckoned again: nothing is added up twice, and an outcome that no event has any more is gone with the row.
CREATE TABLE IF NOT EXISTS ${database}.`link_coverage_hourly`
(
    `organization_id`  UInt64,
    `hour`             DateTime('UTC') CODEC(Delta, ZSTD(1)),
    `event_project_id` UInt64,
    `origin`           LowCardinality(String) COMMENT 'backend or frontend',
    `events`           Map(LowCardinality(String), UInt64) COMMENT 'by method and outcome, as replay_id/LINKED, how many errors',
    `received_at`      DateTime64(3, 'UTC') COMMENT 'when the server received the newest error of the hour' CODEC(Delta, ZSTD(1)),
    `ingested_at`      DateTime64(3, 'UTC') COMMENT 'timestamp of the newest record in Kafka' CODEC(Delta, ZSTD(1)),
    `reckoned_at`      DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(`reckoned_at`)
PARTITION BY toYYYYMM(`hour`)
ORDER BY (`organization_id`, `hour`, `event_project_id`, `origin`)
TTL `hour` + toIntervalDay(400)
SETTINGS index_granularity = 1024;

-- Only hours of which no row has expired: one that is half gone would replace the whole one.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_coverage_hourly_from_outcomes`
REFRESH EVERY 1 HOUR APPEND TO ${database}.`link_coverage_hourly`
AS SELECT
    o.`organization_id` AS `organization_id`,
    o.`hour` AS `hour`,
    o.`event_project_id` AS `event_project_id`,
    o.`origin` AS `origin`,
    sumMap(map(concat(o.`method`, '/', o.`outcome`), toUInt64(1))) AS `events`,
    max(o.`received_at`) AS `received_at`,
    max(o.`ingested_at`) AS `ingested_at`,
    now64(3, 'UTC') AS `reckoned_at`
FROM ${database}.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`hour` >= now() - toIntervalDay(7)
GROUP BY `organization_id`, `hour`, `event_project_id`, `origin`;
