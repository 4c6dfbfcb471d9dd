-- Views for people, in Grafana or a SQL client: ids as hex text, words for codes, current rows only. They hold nothing, and need no right but
-- SELECT on their tables. Each passes a condition on the organization down to the key of its table, coverage and replays_readable one on the
-- day too. replay_links has no day in its key, and FINAL needs all versions of a link.
--
-- First the platform of the SDK on every outcome, so that the share of errors with a replay can be told apart by it. Rows that are there have none.
ALTER TABLE ${database}.`link_coverage`
    ADD COLUMN IF NOT EXISTS `platform` LowCardinality(String)
        COMMENT 'platform of the SDK that sent the event, such as node, python or javascript; empty in rows from before this column' AFTER `origin`;

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
    l.`platform` AS `platform`,
    l.`method` AS `method`,
    -- The highest version there is says that the event itself was deleted.
    multiIf(l.`is_deleted` = 0, 'LINKED', l.`version` = 9223372036854775807, 'DELETED', 'TAKEN_BACK') AS `outcome`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`
FROM ${database}.`replay_links` AS l
WHERE bitAnd(l.`kind`, 5) != 0
COMMENT 'Copies the outcome of errors that have a link to link_coverage';

-- Links that were inserted while there was no view. Without a platform, as all rows from before: with one, linked errors alone would have it,
-- and each platform would seem to have a replay for every error. In a cluster each shard does its own, next to their other versions.
INSERT INTO ${database}.`link_coverage`
    (`organization_id`, `hour`, `event_project_id`, `event_id`, `replay_id`, `occurrence`, `claimed`, `kind`, `origin`, `method`, `outcome`,
     `received_at`, `ingested_at`, `version`)
SELECT
    l.`organization_id`,
    toStartOfHour(toDateTime(l.`received_at`, 'UTC')),
    l.`event_project_id`,
    l.`event_id`,
    l.`replay_id`,
    0,
    1,
    'error',
    if(bitAnd(l.`kind`, 4) = 4, 'frontend', 'backend'),
    l.`method`,
    multiIf(l.`is_deleted` = 0, 'LINKED', l.`version` = 9223372036854775807, 'DELETED', 'TAKEN_BACK'),
    l.`received_at`,
    l.`ingested_at`,
    l.`version`
FROM ${database}.`replay_links` AS l
WHERE bitAnd(l.`kind`, 5) != 0 AND l.`received_at` >= now() - toIntervalDay(14)
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;

DROP VIEW IF EXISTS ${database}.`link_outcomes`;

CREATE VIEW IF NOT EXISTS ${database}.`link_outcomes`
(
    `organization_id`   UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `hour`              DateTime('UTC') COMMENT 'in which the server received the event',
    `event_project_id`  UInt64 COMMENT 'project of the event',
    `event_id`          FixedString(16) COMMENT 'the event',
    `occurrence`        UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction',
    `kind`              String COMMENT 'error, call (transaction or segment span) or occurrence',
    `origin`            String COMMENT 'backend or frontend',
    `platform`          String COMMENT 'platform of the SDK that sent the event, such as node, python or javascript; empty when unknown',
    `method`            String COMMENT 'how the link was found: replay_id, error_id, span, trace or user; without one, what the event named: replay_id, trace or unknown',
    `outcome`           String COMMENT 'LINKED, TAKEN_BACK, DELETED (the event was), or the reason why there is no link',
    `claimed`           UInt8 COMMENT '1 when the event names a replay, indicates that there is one, or had a link; 0 for a backend error that does neither',
    `claimed_replay_id` FixedString(16) COMMENT 'the replay that an event without a link named, or that its trace led to; zeros when none',
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event',
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the newest record in Kafka'
)
AS SELECT
    c.`organization_id` AS `organization_id`,
    c.`hour` AS `hour`,
    c.`event_project_id` AS `event_project_id`,
    c.`event_id` AS `event_id`,
    c.`occurrence` AS `occurrence`,
    any(c.`kind`) AS `kind`,
    any(c.`origin`) AS `origin`,
    max(c.`platform`) AS `platform`,
    argMax(c.`method`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`, c.`method`)) AS `method`,
    argMax(c.`outcome`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `outcome`,
    argMax(c.`claimed`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `claimed`,
    max(c.`claimed_replay_id`) AS `claimed_replay_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM ${database}.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`, `occurrence`
COMMENT 'The outcome of each event as it is now, for 14 days';

CREATE VIEW IF NOT EXISTS ${database}.`coverage`
(
    `organization_id` UInt64 COMMENT 'organization that received the errors, 0 when unknown',
    `day`             Date COMMENT 'on which the server received the errors (UTC)',
    `hour`            DateTime('UTC') COMMENT 'in which the server received the errors',
    `project_id`      UInt64 COMMENT 'project of the errors',
    `origin`          String COMMENT 'backend or frontend; every error of a backend is counted, of a frontend only those that claimed a replay',
    `platform`        String COMMENT 'platform of the SDK that sent the errors, such as node, python or javascript; empty when unknown',
    `method`          String COMMENT 'how links were found: replay_id, error_id, span, trace or user; without a link, what the errors named: replay_id, trace or unknown',
    `outcome`         String COMMENT 'linked, retracted, or the reason why there is no link, such as replay not seen',
    `errors`          UInt64 COMMENT 'how many errors and messages; the share with a replay is sum(with_replay) / sum(errors)',
    `with_replay`     UInt64 COMMENT 'how many of them have a replay',
    `named_nothing`   UInt64 COMMENT 'how many of them have no link, name no replay and do not indicate that there is one'
)
AS SELECT
    o.`organization_id` AS `organization_id`,
    toDate(o.`hour`) AS `day`,
    o.`hour` AS `hour`,
    o.`event_project_id` AS `project_id`,
    o.`origin` AS `origin`,
    o.`platform` AS `platform`,
    o.`method` AS `method`,
    if(o.`outcome` = 'TAKEN_BACK', 'retracted', lower(replaceAll(o.`outcome`, '_', ' '))) AS `outcome`,
    count() AS `errors`,
    countIf(o.`outcome` = 'LINKED') AS `with_replay`,
    countIf(o.`claimed` = 0) AS `named_nothing`
FROM ${database}.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`occurrence` = 0 AND o.`outcome` != 'DELETED'
GROUP BY o.`organization_id`, o.`hour`, o.`event_project_id`, o.`origin`, o.`platform`, o.`method`, o.`outcome`
COMMENT 'How many errors have a replay, and why others have none, by hour, project and platform, for 14 days. Deleted events do not count';

-- The view links has ids as text. In the order of the key the text sorts as the bytes do, so this index finds a replay by its text as fast.
ALTER TABLE ${database}.`replay_links`
    ADD INDEX IF NOT EXISTS `replay_text` lower(hex(`replay_id`)) TYPE minmax GRANULARITY 1;

ALTER TABLE ${database}.`replay_links`
    MATERIALIZE INDEX IF EXISTS `replay_text`;

CREATE VIEW IF NOT EXISTS ${database}.`links`
(
    `organization_id`     UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `day`                 Date COMMENT 'on which the replay started (UTC)',
    `replay_id`           String COMMENT 'the replay, 32 hex digits',
    `replay_project_id`   UInt64 COMMENT 'project of the replay',
    `replay_started_at`   DateTime64(3, 'UTC') COMMENT 'when the replay started',
    `event_at`            DateTime64(3, 'UTC') COMMENT 'when the event happened',
    `seconds_into_replay` Float64 COMMENT 'from the start of the replay to the event; below 0 when the event was first',
    `event_id`            String COMMENT 'the event, 32 hex digits; a segment span has its span id followed by zeros',
    `event_project_id`    UInt64 COMMENT 'project of the event',
    `kind`                String COMMENT 'error (or message), call (transaction or segment span) or occurrence (issue-platform event)',
    `origin`              String COMMENT 'backend or frontend',
    `event_type`          LowCardinality(String) COMMENT 'error, default, transaction, span, ...; of an occurrence its kind, as feedback',
    `level`               String COMMENT 'of an error or message: fatal, error, warning, info or debug; empty for a call or an occurrence',
    `group_id`            UInt64 COMMENT 'issue of the event, 0 when none',
    `transaction`         LowCardinality(String) COMMENT 'name of the transaction or route in which the event happened, empty when none',
    `op`                  LowCardinality(String) COMMENT 'operation of a call, such as http.server',
    `status`              LowCardinality(String) COMMENT 'status of a call, such as ok or internal_error',
    `duration_ms`         Nullable(Int64) COMMENT 'how long a call took; NULL when it is no call',
    `platform`            LowCardinality(String) COMMENT 'platform of the SDK that sent the event, such as node, python or javascript',
    `release`             LowCardinality(String) COMMENT 'release of the program that sent the event',
    `environment`         LowCardinality(String) COMMENT 'environment of the program that sent the event',
    `trace_id`            String COMMENT 'trace of the event, 32 hex digits; empty when none',
    `span_id`             String COMMENT 'span the event happened in, 16 hex digits; empty when none',
    `parent_span_id`      String COMMENT 'parent of that span, 16 hex digits; empty when none',
    `method`              LowCardinality(String) COMMENT 'how the link was found: replay_id, error_id, span, trace or user',
    `confidence`          Float64 COMMENT '1.0 for an id, 0.98 for the path of spans, 0.9 for the only visit of a trace, 0.7 for the user, 0.6 for a choice by time',
    `in_session`          Bool COMMENT 'the event lies within the life of the replay plus tolerance',
    `confirmed`           Bool COMMENT 'a segment of the replay has been seen',
    `received_at`         DateTime64(3, 'UTC') COMMENT 'when the server received the event',
    `linked_at`           DateTime64(3, 'UTC') COMMENT 'when both sides were known'
)
AS SELECT
    l.`organization_id` AS `organization_id`,
    toDate(l.`replay_started_at`) AS `day`,
    lower(hex(l.`replay_id`)) AS `replay_id`,
    l.`replay_project_id` AS `replay_project_id`,
    l.`replay_started_at` AS `replay_started_at`,
    l.`event_at` AS `event_at`,
    dateDiff('millisecond', l.`replay_started_at`, l.`event_at`) / 1000 AS `seconds_into_replay`,
    lower(hex(l.`event_id`)) AS `event_id`,
    l.`event_project_id` AS `event_project_id`,
    transform(l.`kind`, [1, 2, 4, 8, 16, 32], ['error', 'call', 'error', 'call', 'occurrence', 'occurrence'], '') AS `kind`,
    if(l.`kind` IN (4, 8, 32), 'frontend', 'backend') AS `origin`,
    l.`event_type` AS `event_type`,
    transform(l.`severity`, [5, 4, 3, 2, 1], ['fatal', 'error', 'warning', 'info', 'debug'], '') AS `level`,
    l.`group_id` AS `group_id`,
    l.`transaction` AS `transaction`,
    l.`op` AS `op`,
    l.`status` AS `status`,
    l.`duration_ms` AS `duration_ms`,
    l.`platform` AS `platform`,
    l.`release` AS `release`,
    l.`environment` AS `environment`,
    if(l.`trace_id` = toFixedString('', 16), '', lower(hex(l.`trace_id`))) AS `trace_id`,
    if(l.`span_id` = toFixedString('', 8), '', lower(hex(l.`span_id`))) AS `span_id`,
    if(l.`parent_span_id` = toFixedString('', 8), '', lower(hex(l.`parent_span_id`))) AS `parent_span_id`,
    l.`method` AS `method`,
    l.`confidence` AS `confidence`,
    l.`in_session` AS `in_session`,
    l.`confirmed` AS `confirmed`,
    l.`received_at` AS `received_at`,
    l.`linked_at` AS `linked_at`
FROM ${database}.`replay_links` AS l FINAL
WHERE (l.`replay_id`, l.`replay_project_id`) GLOBAL NOT IN (SELECT a.`replay_id`, a.`project_id` FROM ${database}.`archived_replays` AS a)
COMMENT 'Links as they are now, without those of replays that users deleted: one row an event and its replay';

CREATE VIEW IF NOT EXISTS ${database}.`replays_readable`
(
    `organization_id`   UInt64 COMMENT '0 while unknown; such a replay has a second row when it is known',
    `day`               Date COMMENT 'on which the replay started (UTC)',
    `project_id`        UInt64 COMMENT 'project of the replay',
    `replay_id`         String COMMENT 'the replay, 32 hex digits',
    `started_at`        DateTime64(3, 'UTC') COMMENT 'when the replay started',
    `last_seen_at`      Nullable(DateTime64(3, 'UTC')) COMMENT 'when the server received its last segment; NULL while only links are known',
    `duration_s`        Nullable(Float64) COMMENT 'from the start to the last segment, in seconds; NULL while only links are known',
    `segments`          Int64 COMMENT 'how many segments the replay has, by the highest number seen',
    `replay_type`       String COMMENT 'session, buffer or empty',
    `platform`          String COMMENT 'platform of the recorded program',
    `release`           String COMMENT 'release of the recorded program',
    `environment`       String COMMENT 'environment of the recorded program',
    `worst_level`       String COMMENT 'of the linked errors: fatal, error, warning, info or debug; empty when none',
    `backend_errors`    UInt64 COMMENT 'linked errors and messages of backends',
    `frontend_errors`   UInt64 COMMENT 'linked errors and messages of frontends',
    `calls`             UInt64 COMMENT 'linked transactions and segment spans',
    `occurrences`       UInt64 COMMENT 'linked issue-platform events, such as feedback or a performance issue',
    `issues`            UInt64 COMMENT 'how many issues the linked events belong to',
    `slowest_call_ms`   Nullable(Int64) COMMENT 'longest duration of a linked call; NULL when none',
    `first_event_at`    Nullable(DateTime64(3, 'UTC')) COMMENT 'first linked event; NULL when none',
    `last_event_at`     Nullable(DateTime64(3, 'UTC')) COMMENT 'last linked event; NULL when none',
    `deleted`           Bool COMMENT 'a user deleted the replay; its links do not count'
)
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`day` AS `day`,
    r.`project_id` AS `project_id`,
    lower(hex(r.`replay_id`)) AS `replay_id`,
    min(r.`started_at`) AS `started_at`,
    max(r.`last_seen_at`) AS `last_seen_at`,
    dateDiff('millisecond', min(r.`started_at`), max(r.`last_seen_at`)) / 1000 AS `duration_s`,
    toInt64(max(r.`last_segment_id`)) + 1 AS `segments`,
    max(r.`replay_type`) AS `replay_type`,
    max(r.`platform`) AS `platform`,
    max(r.`release`) AS `release`,
    max(r.`environment`) AS `environment`,
    if(max(r.`archived`) = 1, '', transform(max(r.`severity`), [5, 4, 3, 2, 1], ['fatal', 'error', 'warning', 'info', 'debug'], '')) AS `worst_level`,
    if(max(r.`archived`) = 1, 0, countIf(r.`kind` = 1)) AS `backend_errors`,
    if(max(r.`archived`) = 1, 0, countIf(r.`kind` = 4)) AS `frontend_errors`,
    if(max(r.`archived`) = 1, 0, countIf(r.`kind` IN (2, 8))) AS `calls`,
    if(max(r.`archived`) = 1, 0, countIf(r.`kind` IN (16, 32))) AS `occurrences`,
    if(max(r.`archived`) = 1, 0, uniqIf(r.`group_id`, r.`group_id` != 0)) AS `issues`,
    if(max(r.`archived`) = 1, NULL, max(r.`duration_ms`)) AS `slowest_call_ms`,
    if(max(r.`archived`) = 1, NULL, min(r.`event_at`)) AS `first_event_at`,
    if(max(r.`archived`) = 1, NULL, max(r.`event_at`)) AS `last_event_at`,
    toBool(max(r.`archived`)) AS `deleted`
FROM (
    SELECT
        s.`organization_id` AS `organization_id`,
        s.`day` AS `day`,
        s.`project_id` AS `project_id`,
        s.`replay_id` AS `replay_id`,
        s.`started_at` AS `started_at`,
        nullIf(s.`last_seen_at`, toDateTime64(0, 3, 'UTC')) AS `last_seen_at`,
        s.`last_segment_id` AS `last_segment_id`,
        s.`archived` AS `archived`,
        s.`replay_type` AS `replay_type`,
        s.`platform` AS `platform`,
        s.`release` AS `release`,
        s.`environment` AS `environment`,
        toUInt8(0) AS `severity`,
        toUInt8(0) AS `kind`,
        toUInt64(0) AS `group_id`,
        CAST(NULL, 'Nullable(Int64)') AS `duration_ms`,
        CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS `event_at`
    FROM ${database}.`replays` AS s
    UNION ALL
    SELECT
        l.`organization_id` AS `organization_id`,
        toDate(l.`replay_started_at`) AS `day`,
        l.`replay_project_id` AS `project_id`,
        l.`replay_id` AS `replay_id`,
        l.`replay_started_at` AS `started_at`,
        CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))') AS `last_seen_at`,
        toInt32(-1) AS `last_segment_id`,
        toUInt8(0) AS `archived`,
        '' AS `replay_type`,
        '' AS `platform`,
        '' AS `release`,
        '' AS `environment`,
        l.`severity` AS `severity`,
        l.`kind` AS `kind`,
        l.`group_id` AS `group_id`,
        l.`duration_ms` AS `duration_ms`,
        toNullable(l.`event_at`) AS `event_at`
    FROM ${database}.`replay_links` AS l FINAL
) AS r
GROUP BY r.`organization_id`, r.`day`, r.`project_id`, r.`replay_id`
-- A replay of which only retracted links are known is none.
HAVING max(r.`last_segment_id`) >= 0 OR countIf(r.`kind` != 0) > 0
COMMENT 'Replays with what is linked to them now: one row a replay, its project and the day on which it started';

-- Comments on what the migrations before left without one. The columns of a materialized view are those of its table.
ALTER TABLE ${database}.`replay_linker_migrations`
    COMMENT COLUMN IF EXISTS `version` 'number of the migration',
    COMMENT COLUMN IF EXISTS `name` 'its file',
    COMMENT COLUMN IF EXISTS `applied_at` 'when it was applied',
    MODIFY COMMENT 'Which migrations this database has; written by tables --apply';

ALTER TABLE ${database}.`replay_links`
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `event_id` 'the event; a segment span has its span id followed by zeros',
    COMMENT COLUMN IF EXISTS `replay_started_at` 'when the replay started',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    COMMENT COLUMN IF EXISTS `transaction` 'name of the transaction or route in which the event happened, empty when none',
    COMMENT COLUMN IF EXISTS `op` 'operation of a call, such as http.server',
    COMMENT COLUMN IF EXISTS `status` 'status of a call, such as ok or internal_error',
    COMMENT COLUMN IF EXISTS `platform` 'platform of the SDK that sent the event, such as node, python or javascript',
    COMMENT COLUMN IF EXISTS `release` 'release of the program that sent the event',
    COMMENT COLUMN IF EXISTS `environment` 'environment of the program that sent the event',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    COMMENT COLUMN IF EXISTS `is_deleted` '1 in the row that retracts the link',
    MODIFY COMMENT 'Links: one row for an event and the replay that it belongs to, in all its versions. Read it with FINAL, or read the view links';

ALTER TABLE ${database}.`replays`
    COMMENT COLUMN IF EXISTS `organization_id` '0 while unknown; the replay gets a second row when it is known',
    COMMENT COLUMN IF EXISTS `project_id` 'project that sent the segments',
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `started_at` 'when the replay started',
    COMMENT COLUMN IF EXISTS `release` 'release of the recorded program',
    COMMENT COLUMN IF EXISTS `environment` 'environment of the recorded program',
    COMMENT COLUMN IF EXISTS `platform` 'platform of the recorded program',
    COMMENT COLUMN IF EXISTS `last_event_at` 'of all events ever linked',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Replays: one row a replay and project that sent segments of it. What it holds of links only grows: verify it against replay_links FINAL, or read the view replays_readable';

ALTER TABLE ${database}.`replays_by_issue`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `replay_project_id` 'project of the replay',
    COMMENT COLUMN IF EXISTS `replay_started_at` 'when the replay started',
    COMMENT COLUMN IF EXISTS `event_at` 'when the event happened',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    COMMENT COLUMN IF EXISTS `is_deleted` '1 in the row that retracts the link',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    MODIFY COMMENT 'The links of events that have an issue, ordered by issue. Read it by the newest version of each link';

ALTER TABLE ${database}.`replays_by_transaction`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `replay_project_id` 'project of the replay',
    COMMENT COLUMN IF EXISTS `replay_started_at` 'when the replay started',
    COMMENT COLUMN IF EXISTS `event_at` 'when the event happened',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    COMMENT COLUMN IF EXISTS `is_deleted` '1 in the row that retracts the link',
    MODIFY COMMENT 'The links of events that have a transaction name, ordered by transaction. Read it by the newest version of each link';

ALTER TABLE ${database}.`replays_by_trace`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `replay_project_id` 'project of the replay',
    COMMENT COLUMN IF EXISTS `replay_started_at` 'when the replay started',
    COMMENT COLUMN IF EXISTS `event_at` 'when the event happened',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    COMMENT COLUMN IF EXISTS `is_deleted` '1 in the row that retracts the link',
    COMMENT COLUMN IF EXISTS `trace_id` 'the trace',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    MODIFY COMMENT 'The links of events that have a trace, ordered by trace. Read it with FINAL';

ALTER TABLE ${database}.`replays_by_event`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'a replay with an event whose id begins like that',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Which replays to look into for the first digits of an event id. Rows of retracted links stay: verify them against replay_links FINAL';

ALTER TABLE ${database}.`archived_replays`
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `project_id` 'project that sent the segments',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Replays that users deleted';

ALTER TABLE ${database}.`link_coverage`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    MODIFY COMMENT 'What became of each event, for 14 days: rows of links and rows without a link. Read it through the views link_outcomes and coverage';

ALTER TABLE ${database}.`link_coverage_hourly`
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `hour` 'in which the server received the errors',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the errors',
    COMMENT COLUMN IF EXISTS `reckoned_at` 'when the hour was counted; the latest row of an hour counts',
    MODIFY COMMENT 'How many errors had which outcome, by the hour, for 400 days. Read it with FINAL';

ALTER TABLE ${database}.`link_freshness`
    COMMENT COLUMN IF EXISTS `organization_id` '0 for replays whose organization is unknown',
    MODIFY COMMENT 'Which organizations there are, and how new the newest record of each is';

ALTER TABLE ${database}.`replays_from_links` MODIFY COMMENT 'Adds to replays what is linked to them';

ALTER TABLE ${database}.`replays_by_issue_from_links` MODIFY COMMENT 'Copies links to replays_by_issue';

ALTER TABLE ${database}.`replays_by_transaction_from_links` MODIFY COMMENT 'Copies links to replays_by_transaction';

ALTER TABLE ${database}.`replays_by_trace_from_links` MODIFY COMMENT 'Copies links to replays_by_trace';

ALTER TABLE ${database}.`replays_by_event_from_links` MODIFY COMMENT 'Copies the beginnings of event ids to replays_by_event';

ALTER TABLE ${database}.`archived_replays_from_replays` MODIFY COMMENT 'Copies replays that users deleted to archived_replays';

ALTER TABLE ${database}.`link_freshness_from_replays` MODIFY COMMENT 'Notes the newest record of replays and links in link_freshness';

ALTER TABLE ${database}.`link_freshness_from_coverage` MODIFY COMMENT 'Notes the newest outcome in link_freshness';

ALTER TABLE ${database}.`link_coverage_hourly_from_outcomes` MODIFY COMMENT 'Counts the outcomes of the last seven days into link_coverage_hourly, every hour';
