-- What happened around an error: the nodes of each trace, the details of errors, and issues. One table takes the rows of topic trace-nodes
-- and keeps none; views spread them over the tables below, each in the order of its question. A row that comes again changes nothing.
--
-- Nothing in these tables names a person: texts are redacted before they reach the topic, and values of variables are never read.
CREATE TABLE IF NOT EXISTS ${database}.`trace_records`
(
    `organization_id`  UInt64 COMMENT 'organization that received the record, 0 when unknown',
    `project_id`       UInt64 COMMENT 'project that received the record',
    `trace_id`         FixedString(16) COMMENT 'trace of the record, zeros when none',
    `received_at`      DateTime64(3, 'UTC') COMMENT 'when the server received the record',
    `ingested_at`      DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka',
    `is_node`          UInt8 COMMENT '1 when the event is a node of the tree of its trace',
    `event_id`         FixedString(16) COMMENT 'the event or segment, zeros of a streamed inner span and of a change',
    `occurrence`       UInt8 COMMENT '1 when it is an issue-platform event',
    `event_type`       LowCardinality(String) COMMENT 'error, default, transaction, span, ...',
    `level`            LowCardinality(String) COMMENT 'fatal, error, warning, info, debug or empty',
    `event_at`         DateTime64(3, 'UTC') COMMENT 'when it happened; a call: when it ended',
    `duration_ms`      Nullable(Int64) COMMENT 'how long a call took, NULL when unknown',
    `group_id`         UInt64 COMMENT 'issue of the event as it was received, 0 when none',
    `primary_hash`     FixedString(16) COMMENT 'hash that put the event into its issue, zeros when none',
    `transaction`      LowCardinality(String) COMMENT 'name of the call or route, empty when none',
    `span_id`          FixedString(8) COMMENT 'span of the event, zeros when none',
    `parent_span_id`   FixedString(8) COMMENT 'parent of that span, zeros when none',
    `profile_id`       FixedString(16) COMMENT 'profile of the event, zeros when none',
    `op`               LowCardinality(String) COMMENT 'operation of a call, such as http.server',
    `status`           LowCardinality(String) COMMENT 'status of a call, such as ok or internal_error',
    `platform`         LowCardinality(String) COMMENT 'platform of the SDK that sent the event',
    `release`          LowCardinality(String) COMMENT 'release of the program that sent the event',
    `environment`      LowCardinality(String) COMMENT 'environment of the program that sent the event',
    `is_error`         UInt8 COMMENT '1 when the details of an error follow',
    `error_type`       LowCardinality(String) COMMENT 'class of the exception, empty of a message',
    `error_value`      String COMMENT 'text of the exception, or the message',
    `culprit`          String COMMENT 'where it happened, as the server names it',
    `handled`          Nullable(Bool) COMMENT 'whether the program caught the error, NULL when unknown',
    `frame_functions`  Array(LowCardinality(String)) COMMENT 'functions on the stack, the newest first',
    `frame_files`      Array(LowCardinality(String)) COMMENT 'their files',
    `frame_lines`      Array(UInt32) COMMENT 'their lines, 0 when unknown',
    `frame_in_app`     Array(UInt8) COMMENT '1 when the frame is of the program itself',
    `segment_span_id`  FixedString(8) COMMENT 'segment that the spans lie in',
    `inner_span_ids`   Array(FixedString(8)) COMMENT 'spans inside the segment',
    `inner_parent_ids` Array(FixedString(8)) COMMENT 'their parents',
    `inner_ops`        Array(LowCardinality(String)) COMMENT 'their operations',
    `inner_names`      Array(String) COMMENT 'their names, empty unless context.spans is on',
    `inner_statuses`   Array(LowCardinality(String)) COMMENT 'their statuses, empty unless context.spans is on',
    `inner_started_at` Array(DateTime64(3, 'UTC')) COMMENT 'when they started',
    `inner_durations`  Array(Int64) COMMENT 'how long they took, in milliseconds',
    `change`           LowCardinality(String) COMMENT 'end_merge, end_unmerge, end_delete_groups, tombstone_events or empty',
    `change_at`        DateTime64(3, 'UTC') COMMENT 'when the change was done',
    `from_group_ids`   Array(UInt64) COMMENT 'issues that were merged, split or deleted',
    `to_group_id`      UInt64 COMMENT 'issue that the errors moved to, 0 when deleted',
    `hashes`           Array(FixedString(16)) COMMENT 'of a split: the hashes of the errors that moved',
    `event_ids`        Array(FixedString(16)) COMMENT 'events that were deleted',
    `nodes_days`       UInt16 COMMENT 'context.retention, in days',
    `spans_days`       UInt16 COMMENT 'context.spans.retention, in days',
    `errors_days`      UInt16 COMMENT 'context.errors.retention, in days'
)
ENGINE = Null
COMMENT 'Takes the rows of topic trace-nodes and keeps none; views spread them over the tables of traces, errors and issues';

CREATE TABLE IF NOT EXISTS ${database}.`trace_nodes`
(
    `organization_id` UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `trace_id`        FixedString(16) COMMENT 'the trace',
    `event_id`        FixedString(16) COMMENT 'the event; a segment span has its span id followed by zeros' CODEC(NONE),
    `occurrence`      UInt8 COMMENT '1 when it is an issue-platform event, which may share its id with a transaction',
    `project_id`      UInt64 COMMENT 'project of the event',
    `event_type`      LowCardinality(String) COMMENT 'error, default, transaction, span, ...',
    `level`           LowCardinality(String) COMMENT 'fatal, error, warning, info, debug or empty',
    `event_at`        DateTime64(3, 'UTC') COMMENT 'when it happened; a call: when it ended' CODEC(Delta, ZSTD(1)),
    `duration_ms`     Nullable(Int64) COMMENT 'how long a call took, NULL when unknown',
    `group_id`        UInt64 COMMENT 'issue of the event as it was received, 0 when none',
    `primary_hash`    FixedString(16) COMMENT 'hash that put the event into its issue, zeros when none',
    `name`            LowCardinality(String) COMMENT 'name of the call or route, empty when none',
    `title`           String COMMENT 'of an error: its class and text',
    `span_id`         FixedString(8) COMMENT 'span of the event, zeros when none' CODEC(NONE),
    `parent_span_id`  FixedString(8) COMMENT 'parent of that span, zeros when none' CODEC(NONE),
    `has_profile`     UInt8 COMMENT '1 when a profile was recorded with it',
    `op`              LowCardinality(String) COMMENT 'operation of a call, such as http.server',
    `status`          LowCardinality(String) COMMENT 'status of a call, such as ok or internal_error',
    `platform`        LowCardinality(String) COMMENT 'platform of the SDK that sent the event',
    `received_at`     DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `trace_id`, `event_id`, `occurrence`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
-- The few nodes of a trace in one granule, and in one file.
SETTINGS index_granularity = 512, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'The events and segments of each trace, linked or not, ordered by trace. Read it with FINAL';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`trace_nodes_from_records` TO ${database}.`trace_nodes`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`trace_id` AS `trace_id`,
    r.`event_id` AS `event_id`,
    r.`occurrence` AS `occurrence`,
    r.`project_id` AS `project_id`,
    r.`event_type` AS `event_type`,
    r.`level` AS `level`,
    r.`event_at` AS `event_at`,
    r.`duration_ms` AS `duration_ms`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`transaction` AS `name`,
    multiIf(r.`error_type` = '', r.`error_value`, r.`error_value` = '', toString(r.`error_type`), concat(r.`error_type`, ': ', r.`error_value`)) AS `title`,
    r.`span_id` AS `span_id`,
    r.`parent_span_id` AS `parent_span_id`,
    r.`profile_id` != toFixedString('', 16) AS `has_profile`,
    r.`op` AS `op`,
    r.`status` AS `status`,
    r.`platform` AS `platform`,
    r.`received_at` AS `received_at`,
    r.`nodes_days` AS `retention_days`
FROM ${database}.`trace_records` AS r
WHERE r.`is_node` = 1;

-- People and programs name an event or a span by its first digits, and mean its trace.
CREATE TABLE IF NOT EXISTS ${database}.`traces_by_id`
(
    `organization_id` UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `id_prefix`       FixedString(8) COMMENT 'first half of an event id, or a span id' CODEC(NONE),
    `trace_id`        FixedString(16) COMMENT 'its trace' CODEC(NONE),
    `received_at`     DateTime('UTC') COMMENT 'when the server received the event' CODEC(ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `id_prefix`, `trace_id`)
TTL `received_at` + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'Which trace an event or span belongs to, by the first eight bytes of its id';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`traces_by_id_from_records` TO ${database}.`traces_by_id`
AS SELECT
    r.`organization_id` AS `organization_id`,
    `prefix` AS `id_prefix`,
    r.`trace_id` AS `trace_id`,
    toDateTime(r.`received_at`, 'UTC') AS `received_at`,
    r.`nodes_days` AS `retention_days`
FROM ${database}.`trace_records` AS r
ARRAY JOIN arrayFilter(
    `id` -> `id` != toFixedString('', 8),
    arrayDistinct([toFixedString(substring(r.`event_id`, 1, 8), 8), r.`span_id`])) AS `prefix`
WHERE r.`is_node` = 1;

CREATE TABLE IF NOT EXISTS ${database}.`trace_spans`
(
    `organization_id` UInt64 COMMENT 'organization that received the span, 0 when unknown',
    `trace_id`        FixedString(16) COMMENT 'the trace',
    `segment_span_id` FixedString(8) COMMENT 'segment that the span lies in',
    `span_id`         FixedString(8) COMMENT 'the span' CODEC(NONE),
    `parent_span_id`  FixedString(8) COMMENT 'its parent, zeros when unknown' CODEC(ZSTD(1)),
    `op`              LowCardinality(String) COMMENT 'operation, such as db',
    `name`            String COMMENT 'description, empty unless context.spans is on',
    `status`          LowCardinality(String) COMMENT 'status, empty unless context.spans is on',
    `started_at`      DateTime64(3, 'UTC') COMMENT 'when it started' CODEC(Delta, ZSTD(1)),
    `duration_ms`     Int64 COMMENT 'how long it took' CODEC(ZSTD(1)),
    `received_at`     DateTime64(3, 'UTC') COMMENT 'when the server received it' CODEC(Delta, ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `trace_id`, `segment_span_id`, `span_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'The spans inside the segments of each trace, ordered by trace. Read it with FINAL';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`trace_spans_from_records` TO ${database}.`trace_spans`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`trace_id` AS `trace_id`,
    r.`segment_span_id` AS `segment_span_id`,
    `inner_span_id` AS `span_id`,
    `inner_parent_id` AS `parent_span_id`,
    `inner_op` AS `op`,
    `inner_name` AS `name`,
    `inner_status` AS `status`,
    `inner_started` AS `started_at`,
    `inner_duration` AS `duration_ms`,
    r.`received_at` AS `received_at`,
    r.`spans_days` AS `retention_days`
FROM ${database}.`trace_records` AS r
ARRAY JOIN
    r.`inner_span_ids` AS `inner_span_id`,
    r.`inner_parent_ids` AS `inner_parent_id`,
    r.`inner_ops` AS `inner_op`,
    r.`inner_names` AS `inner_name`,
    r.`inner_statuses` AS `inner_status`,
    r.`inner_started_at` AS `inner_started`,
    r.`inner_durations` AS `inner_duration`;

CREATE TABLE IF NOT EXISTS ${database}.`error_details`
(
    `organization_id` UInt64 COMMENT 'organization that received the error, 0 when unknown',
    `event_id`        FixedString(16) COMMENT 'the error' CODEC(NONE),
    `project_id`      UInt64 COMMENT 'project of the error',
    `group_id`        UInt64 COMMENT 'issue of the error as it was received, 0 when none',
    `primary_hash`    FixedString(16) COMMENT 'hash that put the error into its issue, zeros when none',
    `trace_id`        FixedString(16) COMMENT 'trace of the error, zeros when none' CODEC(NONE),
    `span_id`         FixedString(8) COMMENT 'span of the error, zeros when none' CODEC(NONE),
    `event_at`        DateTime64(3, 'UTC') COMMENT 'when it happened' CODEC(Delta, ZSTD(1)),
    `level`           LowCardinality(String) COMMENT 'fatal, error, warning, info, debug or empty',
    `error_type`      LowCardinality(String) COMMENT 'class of the exception, empty of a message',
    `error_value`     String COMMENT 'text of the exception, or the message',
    `culprit`         String COMMENT 'where it happened, as the server names it',
    `handled`         Nullable(Bool) COMMENT 'whether the program caught the error, NULL when unknown',
    `transaction`     LowCardinality(String) COMMENT 'name of the call or route, empty when none',
    `platform`        LowCardinality(String) COMMENT 'platform of the SDK that sent the error',
    `release`         LowCardinality(String) COMMENT 'release of the program that sent the error',
    `environment`     LowCardinality(String) COMMENT 'environment of the program that sent the error',
    `frame_functions` Array(LowCardinality(String)) COMMENT 'functions on the stack, the newest first, at most 16',
    `frame_files`     Array(LowCardinality(String)) COMMENT 'their files',
    `frame_lines`     Array(UInt32) COMMENT 'their lines, 0 when unknown',
    `frame_in_app`    Array(UInt8) COMMENT '1 when the frame is of the program itself',
    `received_at`     DateTime64(3, 'UTC') COMMENT 'when the server received the error' CODEC(Delta, ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(`received_at`)
ORDER BY (`organization_id`, `event_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000
COMMENT 'What each error is: class, text and frames, without values of variables. Read it with FINAL';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`error_details_from_records` TO ${database}.`error_details`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`event_id` AS `event_id`,
    r.`project_id` AS `project_id`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`trace_id` AS `trace_id`,
    r.`span_id` AS `span_id`,
    r.`event_at` AS `event_at`,
    r.`level` AS `level`,
    r.`error_type` AS `error_type`,
    r.`error_value` AS `error_value`,
    r.`culprit` AS `culprit`,
    r.`handled` AS `handled`,
    r.`transaction` AS `transaction`,
    r.`platform` AS `platform`,
    r.`release` AS `release`,
    r.`environment` AS `environment`,
    r.`frame_functions` AS `frame_functions`,
    r.`frame_files` AS `frame_files`,
    r.`frame_lines` AS `frame_lines`,
    r.`frame_in_app` AS `frame_in_app`,
    r.`received_at` AS `received_at`,
    r.`errors_days` AS `retention_days`
FROM ${database}.`trace_records` AS r
WHERE r.`is_error` = 1;

-- The errors of an issue, the latest first to be found.
CREATE TABLE IF NOT EXISTS ${database}.`errors_by_issue`
(
    `organization_id` UInt64 COMMENT 'organization that received the error, 0 when unknown',
    `group_id`        UInt64 COMMENT 'issue of the error as it was received',
    `event_at`        DateTime64(3, 'UTC') COMMENT 'when it happened' CODEC(Delta, ZSTD(1)),
    `event_id`        FixedString(16) COMMENT 'the error' CODEC(NONE),
    `primary_hash`    FixedString(16) COMMENT 'hash that put the error into its issue, zeros when none' CODEC(ZSTD(1)),
    `project_id`      UInt64 COMMENT 'project of the error' CODEC(ZSTD(1)),
    `trace_id`        FixedString(16) COMMENT 'trace of the error, zeros when none' CODEC(NONE),
    `received_at`     DateTime64(3, 'UTC') COMMENT 'when the server received the error' CODEC(Delta, ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(`received_at`)
ORDER BY (`organization_id`, `group_id`, `event_at`, `event_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 512, min_bytes_for_wide_part = 1000000000000
COMMENT 'The errors of each issue, ordered by time';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`errors_by_issue_from_records` TO ${database}.`errors_by_issue`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`group_id` AS `group_id`,
    r.`event_at` AS `event_at`,
    r.`event_id` AS `event_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    r.`trace_id` AS `trace_id`,
    r.`received_at` AS `received_at`,
    r.`errors_days` AS `retention_days`
FROM ${database}.`trace_records` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0;

-- By hash as well, because a split moves the errors of some hashes to another issue.
CREATE TABLE IF NOT EXISTS ${database}.`issues`
(
    `organization_id` UInt64 COMMENT 'organization that received the errors, 0 when unknown',
    `group_id`        UInt64 COMMENT 'the issue as the errors were received',
    `primary_hash`    FixedString(16) COMMENT 'hash of the errors',
    `project_id`      UInt64 COMMENT 'project of the errors',
    `event_id`        FixedString(16) COMMENT 'the latest error' CODEC(NONE),
    `trace_id`        FixedString(16) COMMENT 'its trace, zeros when none' CODEC(NONE),
    `event_at`        DateTime64(3, 'UTC') COMMENT 'when it happened' CODEC(Delta, ZSTD(1)),
    `level`           LowCardinality(String) COMMENT 'its level',
    `error_type`      LowCardinality(String) COMMENT 'its class, empty of a message',
    `error_value`     String COMMENT 'its text',
    `culprit`         String COMMENT 'where it happened',
    `function`        LowCardinality(String) COMMENT 'function of its newest frame',
    `file`            LowCardinality(String) COMMENT 'file of its newest frame',
    `line`            UInt32 COMMENT 'line of its newest frame',
    `platform`        LowCardinality(String) COMMENT 'platform of the SDK that sent it'
)
ENGINE = ReplacingMergeTree(`event_at`)
ORDER BY (`organization_id`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`event_at`) + toIntervalDay(190)
SETTINGS index_granularity = 1024
COMMENT 'The latest error of each issue and hash. Read it with FINAL, and follow issue_changes';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`issues_from_records` TO ${database}.`issues`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    r.`event_id` AS `event_id`,
    r.`trace_id` AS `trace_id`,
    r.`event_at` AS `event_at`,
    r.`level` AS `level`,
    r.`error_type` AS `error_type`,
    r.`error_value` AS `error_value`,
    r.`culprit` AS `culprit`,
    r.`frame_functions`[1] AS `function`,
    r.`frame_files`[1] AS `file`,
    r.`frame_lines`[1] AS `line`,
    r.`platform` AS `platform`
FROM ${database}.`trace_records` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0;

CREATE TABLE IF NOT EXISTS ${database}.`issue_counts`
(
    `organization_id` UInt64 COMMENT 'organization that received the errors, 0 when unknown',
    `group_id`        UInt64 COMMENT 'the issue as the errors were received',
    `primary_hash`    FixedString(16) COMMENT 'hash of the errors',
    `project_id`      UInt64 COMMENT 'project of the errors',
    `first_seen_at`   SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'first error that was read',
    `last_seen_at`    SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'latest error',
    `events`          AggregateFunction(uniq, FixedString(16)) COMMENT 'ids of all errors'
)
ENGINE = AggregatingMergeTree
ORDER BY (`organization_id`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`last_seen_at`) + toIntervalDay(190)
SETTINGS index_granularity = 1024
COMMENT 'How many errors each issue and hash has, and since when';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`issue_counts_from_records` TO ${database}.`issue_counts`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    min(r.`event_at`) AS `first_seen_at`,
    max(r.`event_at`) AS `last_seen_at`,
    uniqState(r.`event_id`) AS `events`
FROM ${database}.`trace_records` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0
GROUP BY `organization_id`, `group_id`, `primary_hash`, `project_id`;

CREATE TABLE IF NOT EXISTS ${database}.`issue_frames`
(
    `organization_id` UInt64 COMMENT 'organization that received the errors, 0 when unknown',
    `function`        LowCardinality(String) COMMENT 'function on the stack',
    `file`            LowCardinality(String) COMMENT 'its file',
    `group_id`        UInt64 COMMENT 'the issue as the errors were received',
    `primary_hash`    FixedString(16) COMMENT 'hash of the errors',
    `project_id`      UInt64 COMMENT 'project of the errors',
    `line`            UInt32 COMMENT 'line of the latest error, 0 when unknown',
    `event_at`        DateTime64(3, 'UTC') COMMENT 'latest error with this frame' CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree(`event_at`)
ORDER BY (`organization_id`, `function`, `file`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`event_at`) + toIntervalDay(60)
SETTINGS index_granularity = 1024
COMMENT 'Which issues have a function and file on the stack';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`issue_frames_from_records` TO ${database}.`issue_frames`
AS SELECT
    r.`organization_id` AS `organization_id`,
    `frame_function` AS `function`,
    `frame_file` AS `file`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    max(`frame_line`) AS `line`,
    max(r.`event_at`) AS `event_at`
FROM ${database}.`trace_records` AS r
ARRAY JOIN
    r.`frame_functions` AS `frame_function`,
    r.`frame_files` AS `frame_file`,
    r.`frame_lines` AS `frame_line`
WHERE r.`is_error` = 1 AND r.`group_id` != 0
GROUP BY `organization_id`, `function`, `file`, `group_id`, `primary_hash`, `project_id`;

CREATE TABLE IF NOT EXISTS ${database}.`issue_changes`
(
    `project_id`     UInt64 COMMENT 'project of the issues and events',
    `change_at`      DateTime64(3, 'UTC') COMMENT 'when the change was done',
    `change`         LowCardinality(String) COMMENT 'end_merge, end_unmerge, end_delete_groups or tombstone_events',
    `from_group_ids` Array(UInt64) COMMENT 'issues that were merged, split or deleted',
    `to_group_id`    UInt64 COMMENT 'issue that the errors moved to, 0 when deleted',
    `hashes`         Array(FixedString(16)) COMMENT 'of a split: the hashes of the errors that moved',
    `event_ids`      Array(FixedString(16)) COMMENT 'events that were deleted'
)
ENGINE = ReplacingMergeTree
ORDER BY (`project_id`, `change_at`, `change`, `to_group_id`, `from_group_ids`, `event_ids`)
TTL toDateTime(`change_at`) + toIntervalDay(190)
SETTINGS index_granularity = 256
COMMENT 'Merges, splits and deletions of issues, and deletions of events';

CREATE MATERIALIZED VIEW IF NOT EXISTS ${database}.`issue_changes_from_records` TO ${database}.`issue_changes`
AS SELECT
    r.`project_id` AS `project_id`,
    r.`change_at` AS `change_at`,
    r.`change` AS `change`,
    r.`from_group_ids` AS `from_group_ids`,
    r.`to_group_id` AS `to_group_id`,
    r.`hashes` AS `hashes`,
    r.`event_ids` AS `event_ids`
FROM ${database}.`trace_records` AS r
WHERE r.`change` != '';

ALTER TABLE ${database}.`trace_nodes_from_records` MODIFY COMMENT 'Copies events and segments to trace_nodes';

ALTER TABLE ${database}.`traces_by_id_from_records` MODIFY COMMENT 'Copies the ids of events and spans to traces_by_id';

ALTER TABLE ${database}.`trace_spans_from_records` MODIFY COMMENT 'Copies the spans inside segments to trace_spans';

ALTER TABLE ${database}.`error_details_from_records` MODIFY COMMENT 'Copies the details of errors to error_details';

ALTER TABLE ${database}.`errors_by_issue_from_records` MODIFY COMMENT 'Copies errors that have an issue to errors_by_issue';

ALTER TABLE ${database}.`issues_from_records` MODIFY COMMENT 'Copies the latest error of each issue and hash to issues';

ALTER TABLE ${database}.`issue_counts_from_records` MODIFY COMMENT 'Counts the errors of each issue and hash in issue_counts';

ALTER TABLE ${database}.`issue_frames_from_records` MODIFY COMMENT 'Copies the frames of errors to issue_frames';

ALTER TABLE ${database}.`issue_changes_from_records` MODIFY COMMENT 'Copies merges, splits and deletions to issue_changes';
