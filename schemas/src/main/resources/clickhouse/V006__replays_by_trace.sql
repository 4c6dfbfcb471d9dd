-- Which replays a trace belongs to: one row a trace and replay. It also finds a trace by the first digits of its id.
-- It nominates: a link that was taken back stays here, so the answer is checked against replay_links FINAL.
CREATE TABLE IF NOT EXISTS ${database}.`replays_by_trace`
(
    `organization_id`   UInt64,
    `trace_id`          FixedString(16) CODEC(NONE),
    `replay_id`         FixedString(16),
    `replay_project_id` UInt64,
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `retention_days`    UInt16,
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `rank`              UInt64 COMMENT 'of several rows the newest stays; of two of the same millisecond always the same'
)
ENGINE = ReplacingMergeTree(`rank`)
PARTITION BY toYYYYMM(`replay_started_at`)
ORDER BY (`organization_id`, `trace_id`, `replay_id`)
TTL toDate(`replay_started_at`) + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_trace_from_links` TO ${database}.`replays_by_trace`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`trace_id` AS `trace_id`,
    l.`replay_id` AS `replay_id`,
    l.`replay_project_id` AS `replay_project_id`,
    l.`replay_started_at` AS `replay_started_at`,
    l.`retention_days` AS `retention_days`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    bitShiftLeft(toUInt64(toUnixTimestamp64Milli(l.`ingested_at`)), 20)
        + bitShiftRight(cityHash64(l.`replay_project_id`, l.`replay_started_at`, l.`retention_days`, l.`received_at`), 44) AS `rank`
FROM ${database}.`replay_links` AS l
WHERE l.`is_deleted` = 0 AND l.`trace_id` != toFixedString('', 16);
