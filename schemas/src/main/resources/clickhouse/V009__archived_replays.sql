-- The replays that users deleted, few beside all, so that each list of replays can leave them out at little cost.
CREATE TABLE IF NOT EXISTS ${database}.`archived_replays`
(
    `organization_id` UInt64 COMMENT '0 while unknown',
    `day`             Date COMMENT 'on which the replay started',
    `replay_id`       FixedString(16) CODEC(NONE),
    `project_id`      UInt64,
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when the server received the newest message that says so',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `day`, `replay_id`, `project_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`archived_replays_from_replays` TO ${database}.`archived_replays`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`day` AS `day`,
    r.`replay_id` AS `replay_id`,
    r.`project_id` AS `project_id`,
    r.`retention_days` AS `retention_days`,
    r.`received_at` AS `received_at`,
    r.`ingested_at` AS `ingested_at`
FROM ${database}.`replays` AS r
WHERE r.`archived` = 1;
