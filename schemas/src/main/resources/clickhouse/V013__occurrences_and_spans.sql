-- An issue-platform event (feedback, rage_click, performance, ...) may have the id of the transaction that it was found in, on the same trace
-- and with the same replay. `occurrence` ends the sorting key, so that both links are kept. A column that joins a key has no default
-- expression, so rows that are there are 0: none of them is an occurrence.
ALTER TABLE ${database}.`replay_links`
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `replay_id`, `trace_id`, `event_id`, `occurrence`);

ALTER TABLE ${database}.`replays_by_issue`
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `group_id`, `day`, `replay_id`, `event_id`, `occurrence`);

ALTER TABLE ${database}.`replays_by_transaction`
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `event_project_id`, `transaction_hash`, `day`, `replay_id`, `event_id`, `occurrence`);

ALTER TABLE ${database}.`replays_by_trace`
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `trace_id`, `replay_id`, `event_id`, `occurrence`);

-- The one place in SQL that sorts events; EventKind is the one in Java, and a test compares them. A segment span is a call like a
-- transaction. An occurrence is neither an error nor a call: it is no failure of its own, and a share of errors must not count it.
ALTER TABLE ${database}.`replay_links`
    MODIFY COLUMN `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(
            if(`occurrence` = 1, 4, if(lower(`event_type`) IN ('transaction', 'span'), 1, 0))
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), if(`occurrence` = 1, 1, 2), 0)))
        COMMENT '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE ${database}.`replay_links`
    MODIFY COLUMN `severity` UInt8 MATERIALIZED toUInt8(if(`occurrence` = 1 OR lower(`event_type`) IN ('transaction', 'span'), 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a call or an occurrence';

ALTER TABLE ${database}.`replay_links` COMMENT COLUMN IF EXISTS `event_type`
        'error, default, transaction, span (a streamed segment span, its id followed by zeros), ...; of an occurrence its kind, as feedback';

ALTER TABLE ${database}.`replay_links` COMMENT COLUMN IF EXISTS `method`
        'replay_id, error_id, span, trace or user';

ALTER TABLE ${database}.`replay_links` COMMENT COLUMN IF EXISTS `confidence`
        '1.0 for an id, 0.98 for the path of spans, 0.9 for the only visit of a trace, 0.7 for the user, 0.6 for a choice by time';

ALTER TABLE ${database}.`replay_links` COMMENT COLUMN IF EXISTS `client_span_ids`
        'outgoing client and producer spans of a transaction';

ALTER TABLE ${database}.`replays_by_issue` COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE ${database}.`replays_by_transaction` COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE ${database}.`replays_by_trace` COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE ${database}.`replays` COMMENT COLUMN IF EXISTS `kinds`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE ${database}.`replays` COMMENT COLUMN IF EXISTS `errors`
        'ids of all errors and messages ever linked';

-- The same views with the new column, and with errors by kind. Links that are inserted while there is no view, V015 brings.
DROP VIEW IF EXISTS ${database}.`replays_by_issue_from_links`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_issue_from_links` TO ${database}.`replays_by_issue`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`group_id` AS `group_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
    l.`occurrence` AS `occurrence`,
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
WHERE l.`group_id` != 0;

DROP VIEW IF EXISTS ${database}.`replays_by_transaction_from_links`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_transaction_from_links` TO ${database}.`replays_by_transaction`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`event_project_id` AS `event_project_id`,
    cityHash64(toString(l.`transaction`)) AS `transaction_hash`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
    l.`occurrence` AS `occurrence`,
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

DROP VIEW IF EXISTS ${database}.`replays_by_trace_from_links`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_by_trace_from_links` TO ${database}.`replays_by_trace`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`trace_id` AS `trace_id`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
    l.`occurrence` AS `occurrence`,
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

DROP VIEW IF EXISTS ${database}.`replays_from_links`;

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`replays_from_links` TO ${database}.`replays`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`replay_project_id` AS `project_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    min(l.`replay_started_at`) AS `started_at`,
    toInt32(-1) AS `last_segment_id`,
    min(toNullable(l.`event_at`)) AS `first_event_at`,
    max(toNullable(l.`event_at`)) AS `last_event_at`,
    max(l.`severity`) AS `worst_level`,
    groupBitOr(l.`kind`) AS `kinds`,
    uniqStateIf(l.`event_id`, bitAnd(l.`kind`, 5) != 0) AS `errors`,
    max(l.`retention_days`) AS `retention_days`,
    max(l.`received_at`) AS `received_at`,
    max(l.`ingested_at`) AS `ingested_at`
FROM ${database}.`replay_links` AS l
WHERE l.`is_deleted` = 0
GROUP BY `organization_id`, `project_id`, `day`, `replay_id`;
