-- What a question to the links need not do: go through organizations that have replays only, as all have that are not known yet (0), and
-- ask for replays that users deleted where nobody ever did.
ALTER TABLE ${database}.`link_freshness`
    ADD COLUMN IF NOT EXISTS `linked` SimpleAggregateFunction(max, UInt8) COMMENT '1 when there ever was a link';

ALTER TABLE ${database}.`link_freshness`
    ADD COLUMN IF NOT EXISTS `archived` SimpleAggregateFunction(max, UInt8) COMMENT '1 when a user ever deleted a replay';

-- The same view with both columns. What is inserted while there is none, the last statement brings.
DROP VIEW IF EXISTS ${database}.`link_freshness_from_replays`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_freshness_from_replays` TO ${database}.`link_freshness`
AS SELECT
    r.`organization_id` AS `organization_id`,
    max(r.`received_at`) AS `received_at`,
    max(r.`ingested_at`) AS `ingested_at`,
    max(toUInt8(isNotNull(r.`first_event_at`))) AS `linked`,
    max(r.`archived`) AS `archived`
FROM ${database}.`replays` AS r
GROUP BY `organization_id`;

INSERT INTO ${database}.`link_freshness` (`organization_id`, `received_at`, `ingested_at`, `linked`, `archived`)
SELECT
    r.`organization_id`,
    max(r.`received_at`),
    max(r.`ingested_at`),
    max(toUInt8(isNotNull(r.`first_event_at`))),
    max(r.`archived`)
FROM ${database}.`replays` AS r
GROUP BY r.`organization_id`;
