-- One row a replay and project that sent segments of it: its life, which the sink inserts, and what is linked to it, which the
-- view below adds. Values only grow or shrink, so rows that come again change nothing; but they cannot forget a link that was
-- taken back. So this table nominates, and what it says of links is checked against replay_links FINAL.
--
-- A replay is looked up by the first eight digits of its id too, as an event in replay_links. One whose organization is not
-- known yet has its life under organization 0; it gets a second row when it is.
CREATE TABLE IF NOT EXISTS ${database}.`replays`
(
    `organization_id` UInt64,
    `project_id`      UInt64,
    `day`             Date COMMENT 'on which the replay started',
    `replay_id`       FixedString(16) CODEC(NONE),
    `started_at`      SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    `last_seen_at`    SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'last segment by the server''s clock, 1970 while only links are known',
    `last_segment_id` SimpleAggregateFunction(max, Int32) COMMENT '-1 when none was seen',
    `archived`        SimpleAggregateFunction(max, UInt8) COMMENT '1 when a user deleted it',
    `replay_type`     SimpleAggregateFunction(max, LowCardinality(String)) COMMENT 'session, buffer or empty',
    `platform`        SimpleAggregateFunction(max, LowCardinality(String)) COMMENT 'of the recorded program, as the next two',
    `release`         SimpleAggregateFunction(max, LowCardinality(String)),
    `environment`     SimpleAggregateFunction(max, LowCardinality(String)),
    `first_event_at`  SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))) COMMENT 'of all events ever linked',
    `last_event_at`   SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    `worst_level`     SimpleAggregateFunction(max, UInt8) COMMENT 'of errors: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `kinds`           SimpleAggregateFunction(groupBitOr, UInt8) COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `errors`          AggregateFunction(uniq, FixedString(16)) COMMENT 'ids of all events ever linked that are no transactions',
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'newest message that says something of it',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka',
    INDEX `replay_prefix_bloom` substring(`replay_id`, 1, 4) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX `archived_set` `archived` TYPE set(2) GRANULARITY 1
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `project_id`, `day`, `replay_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_from_links` TO ${database}.`replays`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`replay_project_id` AS `project_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    min(l.`replay_started_at`) AS `started_at`,
    toInt32(-1) AS `last_segment_id`,
    min(toNullable(l.`event_at`)) AS `first_event_at`,
    max(toNullable(l.`event_at`)) AS `last_event_at`,
    max(l.`severity`) AS `worst_level`,
    groupBitOr(l.`kind`) AS `kinds`,
    uniqStateIf(l.`event_id`, l.`event_type` != 'transaction') AS `errors`,
    max(l.`retention_days`) AS `retention_days`,
    max(l.`received_at`) AS `received_at`,
    max(l.`ingested_at`) AS `ingested_at`
FROM ${database}.`replay_links` AS l
WHERE l.`is_deleted` = 0
GROUP BY `organization_id`, `project_id`, `day`, `replay_id`;
