-- The links of a trace, which is also found by the first digits of its id: replay_links once more in another order, as far as this
-- question needs it. Read it with FINAL: a link that was taken back replaces its own row here too.
CREATE TABLE IF NOT EXISTS ${database}.`replays_by_trace`
(
    `organization_id`   UInt64,
    `trace_id`          FixedString(16),
    `replay_id`         FixedString(16),
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_project_id` UInt64,
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `event_project_id`  UInt64,
    `event_at`          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `kind`              UInt8 COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `severity`          UInt8 COMMENT 'of an error: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `retention_days`    UInt16,
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `version`           UInt64 CODEC(ZSTD(1)),
    `is_deleted`        UInt8
)
ENGINE = ReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`replay_started_at`)
ORDER BY (`organization_id`, `trace_id`, `replay_id`, `event_id`)
TTL toDate(`replay_started_at`) + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
-- All columns in one file, where one read brings the few rows of a trace.
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_trace_from_links` TO ${database}.`replays_by_trace`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`trace_id` AS `trace_id`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
    l.`replay_project_id` AS `replay_project_id`,
    l.`replay_started_at` AS `replay_started_at`,
    l.`event_project_id` AS `event_project_id`,
    l.`event_at` AS `event_at`,
    l.`kind` AS `kind`,
    l.`severity` AS `severity`,
    l.`retention_days` AS `retention_days`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`,
    l.`is_deleted` AS `is_deleted`
FROM ${database}.`replay_links` AS l
WHERE l.`trace_id` != toFixedString('', 16);
