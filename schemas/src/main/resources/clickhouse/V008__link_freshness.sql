-- Which organizations there are, and how fresh what is known of them is: one row each. Lives and links both pass through replays.
CREATE TABLE IF NOT EXISTS ${database}.`link_freshness`
(
    `organization_id` UInt64,
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when the server received the newest message',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka'
)
ENGINE = AggregatingMergeTree
ORDER BY `organization_id`
SETTINGS non_replicated_deduplication_window = 1000;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_freshness_from_replays` TO ${database}.`link_freshness`
AS SELECT
    r.`organization_id` AS `organization_id`,
    max(r.`received_at`) AS `received_at`,
    max(r.`ingested_at`) AS `ingested_at`
FROM ${database}.`replays` AS r
GROUP BY `organization_id`;
