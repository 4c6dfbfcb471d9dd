-- Which replays to look into for an event: the first eight digits of its id, which people look up by, lead to a few, and their links in replay_links
-- say the rest. So this table only nominates, and it is narrow; a link that was taken back leaves its row behind until that expires.
CREATE TABLE IF NOT EXISTS ${database}.`replays_by_event`
(
    `organization_id` UInt64,
    `event_prefix`    FixedString(4) COMMENT 'the first eight digits of the event''s id' CODEC(NONE),
    `replay_id`       FixedString(16) CODEC(NONE),
    `day`             SimpleAggregateFunction(max, Date) COMMENT 'on which the replay started',
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime('UTC')) COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`     SimpleAggregateFunction(max, DateTime('UTC')) COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `event_prefix`, `replay_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_event_from_links` TO ${database}.`replays_by_event`
AS SELECT
    l.`organization_id` AS `organization_id`,
    substring(l.`event_id`, 1, 4) AS `event_prefix`,
    l.`replay_id` AS `replay_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`retention_days` AS `retention_days`,
    toDateTime(l.`received_at`) AS `received_at`,
    toDateTime(l.`ingested_at`) AS `ingested_at`
FROM ${database}.`replay_links` AS l
WHERE l.`is_deleted` = 0;
