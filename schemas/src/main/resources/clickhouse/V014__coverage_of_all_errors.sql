-- Every error of a backend has its row: one when it got a link, one when it got none, whether or not it named a replay (`claimed`). So a share of
-- all errors is counted here, and what claimed a replay is a part of it. Rows that are there all claimed one.
ALTER TABLE ${database}.`link_coverage`
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `replay_id`,
    MODIFY ORDER BY (`organization_id`, `hour`, `event_project_id`, `event_id`, `replay_id`, `occurrence`);

ALTER TABLE ${database}.`link_coverage`
    ADD COLUMN IF NOT EXISTS `claimed` UInt8 DEFAULT 1
        COMMENT '1 when the event names a replay, indicates that there is one, or had a link; 0 for a backend error that does neither' AFTER `origin`;

ALTER TABLE ${database}.`link_coverage` COMMENT COLUMN IF EXISTS `kind`
        'error, call (transaction or segment span) or occurrence';

ALTER TABLE ${database}.`link_coverage` COMMENT COLUMN IF EXISTS `method`
        'how a link was found: replay_id, error_id, span, trace or user; without one, what the event named: replay_id, trace or unknown';

DROP VIEW IF EXISTS ${database}.`link_coverage_from_links`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_coverage_from_links` TO ${database}.`link_coverage`
AS SELECT
    l.`organization_id` AS `organization_id`,
    toStartOfHour(toDateTime(l.`received_at`, 'UTC')) AS `hour`,
    l.`event_project_id` AS `event_project_id`,
    l.`event_id` AS `event_id`,
    l.`replay_id` AS `replay_id`,
    toUInt8(0) AS `occurrence`,
    toUInt8(1) AS `claimed`,
    'error' AS `kind`,
    if(bitAnd(l.`kind`, 4) = 4, 'frontend', 'backend') AS `origin`,
    l.`method` AS `method`,
    -- The highest version there is says that the event itself was deleted.
    multiIf(l.`is_deleted` = 0, 'LINKED', l.`version` = 9223372036854775807, 'DELETED', 'TAKEN_BACK') AS `outcome`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`
FROM ${database}.`replay_links` AS l
WHERE bitAnd(l.`kind`, 5) != 0;

-- An organization of which there are errors alone, no replay and no link, is one too: its share is 0, and not unknown.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_freshness_from_coverage` TO ${database}.`link_freshness`
AS SELECT
    c.`organization_id` AS `organization_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM ${database}.`link_coverage` AS c
GROUP BY `organization_id`;

INSERT INTO ${database}.`link_freshness` (`organization_id`, `received_at`, `ingested_at`)
SELECT
    c.`organization_id`,
    max(c.`received_at`),
    max(c.`ingested_at`)
FROM ${database}.`link_coverage` AS c
GROUP BY c.`organization_id`;

-- The outcome of each event as it is now. Method and claim are those of the row that decides, and of links that hold with one version the
-- greatest method, so that the answer does not depend on the order of inserts. CREATE OR REPLACE would need the right to drop tables.
DROP VIEW IF EXISTS ${database}.`link_outcomes`;

CREATE VIEW IF NOT EXISTS ${database}.`link_outcomes`
AS SELECT
    c.`organization_id` AS `organization_id`,
    c.`hour` AS `hour`,
    c.`event_project_id` AS `event_project_id`,
    c.`event_id` AS `event_id`,
    c.`occurrence` AS `occurrence`,
    any(c.`kind`) AS `kind`,
    any(c.`origin`) AS `origin`,
    argMax(c.`method`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`, c.`method`)) AS `method`,
    argMax(c.`outcome`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `outcome`,
    argMax(c.`claimed`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `claimed`,
    max(c.`claimed_replay_id`) AS `claimed_replay_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM ${database}.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`, `occurrence`;

ALTER TABLE ${database}.`link_coverage_hourly`
    ADD COLUMN IF NOT EXISTS `unclaimed` Map(LowCardinality(String), UInt64)
        COMMENT 'by method and outcome, how many of the errors named no replay' AFTER `events`;

DROP VIEW IF EXISTS ${database}.`link_coverage_hourly_from_outcomes`;

-- Only hours of which no row has expired: one that is half gone would replace the whole one.
CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`link_coverage_hourly_from_outcomes`
REFRESH EVERY 1 HOUR APPEND TO ${database}.`link_coverage_hourly`
AS SELECT
    o.`organization_id` AS `organization_id`,
    o.`hour` AS `hour`,
    o.`event_project_id` AS `event_project_id`,
    o.`origin` AS `origin`,
    sumMap(map(concat(o.`method`, '/', o.`outcome`), toUInt64(1))) AS `events`,
    sumMap(map(concat(o.`method`, '/', o.`outcome`), toUInt64(1 - o.`claimed`))) AS `unclaimed`,
    max(o.`received_at`) AS `received_at`,
    max(o.`ingested_at`) AS `ingested_at`,
    now64(3, 'UTC') AS `reckoned_at`
FROM ${database}.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`occurrence` = 0 AND o.`hour` >= now() - toIntervalDay(7)
GROUP BY `organization_id`, `hour`, `event_project_id`, `origin`;
