-- Which replays show this issue, the newest last: one row an issue and replay.
-- It nominates: a link that was taken back stays here, so a page of replays is checked against replay_links FINAL.
CREATE TABLE IF NOT EXISTS ${database}.`replays_by_issue`
(
    `organization_id`   UInt64,
    `group_id`          UInt64 COMMENT 'the issue',
    `day`               Date COMMENT 'on which the replay started',
    `replay_id`         FixedString(16) CODEC(NONE),
    `replay_project_id` SimpleAggregateFunction(max, UInt64),
    `started_at`        SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'of the replay',
    `first_event_at`    SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    `last_event_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
    `worst_level`       SimpleAggregateFunction(max, UInt8) COMMENT 'of errors: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `kinds`             SimpleAggregateFunction(groupBitOr, UInt8) COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `retention_days`    SimpleAggregateFunction(max, UInt16),
    `received_at`       SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when the server received the newest event',
    `ingested_at`       SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka'
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `group_id`, `day`, `replay_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_issue_from_links` TO ${database}.`replays_by_issue`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`group_id` AS `group_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    max(l.`replay_project_id`) AS `replay_project_id`,
    min(l.`replay_started_at`) AS `started_at`,
    min(l.`event_at`) AS `first_event_at`,
    max(l.`event_at`) AS `last_event_at`,
    max(l.`severity`) AS `worst_level`,
    groupBitOr(l.`kind`) AS `kinds`,
    max(l.`retention_days`) AS `retention_days`,
    max(l.`received_at`) AS `received_at`,
    max(l.`ingested_at`) AS `ingested_at`
FROM ${database}.`replay_links` AS l
WHERE l.`is_deleted` = 0 AND l.`group_id` != 0
GROUP BY `organization_id`, `group_id`, `day`, `replay_id`;
