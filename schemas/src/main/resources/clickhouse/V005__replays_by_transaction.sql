-- The links of a transaction or route of a project, the newest replay last: replay_links once more in another order, as far as this
-- question needs it. Read it by the newest version of each link: a link that was taken back replaces its own row here too.
CREATE TABLE IF NOT EXISTS ${database}.`replays_by_transaction`
(
    `organization_id`   UInt64,
    `event_project_id`  UInt64 COMMENT 'project of the events',
    `transaction_hash`  UInt64 COMMENT 'cityHash64 of the name',
    `day`               Date COMMENT 'on which the replay started',
    `replay_id`         FixedString(16),
    `event_id`          FixedString(16) CODEC(NONE),
    `transaction`       LowCardinality(String) COMMENT 'its name: two may have one hash',
    `replay_project_id` UInt64,
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
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
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `event_project_id`, `transaction_hash`, `day`, `replay_id`, `event_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
-- A key's few rows in a few granules; and in one file, where one read brings all columns of them.
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_transaction_from_links` TO ${database}.`replays_by_transaction`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`event_project_id` AS `event_project_id`,
    cityHash64(toString(l.`transaction`)) AS `transaction_hash`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
    l.`transaction` AS `transaction`,
    l.`replay_project_id` AS `replay_project_id`,
    l.`replay_started_at` AS `replay_started_at`,
    l.`event_at` AS `event_at`,
    l.`kind` AS `kind`,
    l.`severity` AS `severity`,
    l.`retention_days` AS `retention_days`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`,
    l.`is_deleted` AS `is_deleted`
FROM ${database}.`replay_links` AS l
WHERE l.`transaction` != '';
