-- Addresses of Sentry's pages as columns of the views for people. A view knows no settings: the command tables --apply writes those of
-- sentry.url into the view sentry_organizations, whose query is nothing but them. Until then it is empty, and so are the addresses.
CREATE VIEW IF NOT EXISTS ${database}.`sentry_organizations`
(
    `organization_id` UInt64 COMMENT 'organization, as sentry.organization.slugs names it',
    `replay_address`  String COMMENT 'page of a replay in Sentry, with {id} in the place of its id',
    `issue_address`   String COMMENT 'page of an issue, with {id} in the place of its number',
    `trace_address`   String COMMENT 'page of a trace, with {id} in the place of its id'
)
AS SELECT
    p.`page`.1 AS `organization_id`,
    p.`page`.2 AS `replay_address`,
    p.`page`.3 AS `issue_address`,
    p.`page`.4 AS `trace_address`
FROM (SELECT arrayJoin(CAST([], 'Array(Tuple(UInt64, String, String, String))')) AS `page`) AS p
COMMENT 'Addresses of the pages in Sentry by organization, as the settings had them when tables --apply was run last';

-- The addresses are a constant of the query and not a join, so that conditions on the views still reach the keys of the tables.
DROP VIEW IF EXISTS ${database}.`links`;

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
    `linked_at`           DateTime64(3, 'UTC') COMMENT 'when both sides were known',
    `replay_url`          String COMMENT 'the replay in Sentry, at the moment of the event; empty without sentry.url',
    `event_url`           String COMMENT 'the event in Sentry; empty without sentry.url, and for an event without an issue',
    `issue_url`           String COMMENT 'the issue of the event in Sentry; empty as event_url is',
    `trace_url`           String COMMENT 'the trace of the event in Sentry; empty without sentry.url, and for an event without a trace'
)
AS WITH (
    SELECT mapFromArrays(groupArray(o.`organization_id`), groupArray((o.`replay_address`, o.`issue_address`, o.`trace_address`)))
    FROM ${database}.`sentry_organizations` AS o
) AS `sentry`
SELECT
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
    l.`linked_at` AS `linked_at`,
    if(`sentry`[l.`organization_id`].1 = '', '', concat(
        replaceOne(`sentry`[l.`organization_id`].1, '{id}', lower(hex(l.`replay_id`))),
        '?t=', toString(greatest(0, intDiv(dateDiff('millisecond', l.`replay_started_at`, l.`event_at`), 1000))))) AS `replay_url`,
    if(`sentry`[l.`organization_id`].2 = '' OR l.`group_id` = 0, '', concat(
        replaceOne(`sentry`[l.`organization_id`].2, '{id}', toString(l.`group_id`)),
        'events/', lower(hex(l.`event_id`)), '/')) AS `event_url`,
    if(l.`group_id` = 0, '', replaceOne(`sentry`[l.`organization_id`].2, '{id}', toString(l.`group_id`))) AS `issue_url`,
    if(l.`trace_id` = toFixedString('', 16), '', replaceOne(`sentry`[l.`organization_id`].3, '{id}', lower(hex(l.`trace_id`)))) AS `trace_url`
FROM ${database}.`replay_links` AS l FINAL
WHERE (l.`replay_id`, l.`replay_project_id`) GLOBAL NOT IN (SELECT a.`replay_id`, a.`project_id` FROM ${database}.`archived_replays` AS a)
COMMENT 'Links as they are now, without those of replays that users deleted: one row an event and its replay';

DROP VIEW IF EXISTS ${database}.`replays_readable`;

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
    `deleted`           Bool COMMENT 'a user deleted the replay; its links do not count',
    `replay_url`        String COMMENT 'the replay in Sentry, from its start; empty without sentry.url, and for a deleted replay'
)
AS WITH (
    SELECT mapFromArrays(groupArray(o.`organization_id`), groupArray((o.`replay_address`, o.`issue_address`, o.`trace_address`)))
    FROM ${database}.`sentry_organizations` AS o
) AS `sentry`
SELECT
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
    toBool(max(r.`archived`)) AS `deleted`,
    if(max(r.`archived`) = 1, '', replaceOne(`sentry`[r.`organization_id`].1, '{id}', lower(hex(r.`replay_id`)))) AS `replay_url`
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
