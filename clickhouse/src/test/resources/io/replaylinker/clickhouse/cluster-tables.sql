CREATE DATABASE IF NOT EXISTS `replays` ON CLUSTER 'main-1';

-- Which migrations this database has. A migration that is written down twice (two workers at once) counts once.
CREATE TABLE IF NOT EXISTS `replays`.`replay_linker_migrations_local` ON CLUSTER 'main-1'
(
    `version`    UInt32,
    `name`       String,
    `checksum`   String COMMENT 'SHA-256 of the file as shipped, in hex',
    `applied_at` DateTime64(3, 'UTC')
)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY `version`;

CREATE TABLE IF NOT EXISTS `replays`.`replay_linker_migrations` ON CLUSTER 'main-1' AS `replays`.`replay_linker_migrations_local`
ENGINE = Distributed('main-1', 'replays', 'replay_linker_migrations_local', cityHash64(`version`));

-- One row a verdict on an event: it belongs to this replay. Read it with FINAL: of several rows with the same key the one with
-- the highest version counts, and a link that was taken back (is_deleted = 1) is gone.
--
-- Ids are FixedString and not UUID: ClickHouse sorts a UUID by its second half, and people look up by the first eight digits.
-- Random ids are stored as they are (CODEC(NONE)); those that repeat in the order of the key compress well.
-- A missing id is all zeros, a missing text is empty, a missing issue is 0: Nullable would cost a column of its own each.
-- All columns are functions of the record in Kafka, ingested_at included, so that a repeated insert is the same block.
CREATE TABLE IF NOT EXISTS `replays`.`replay_links_local` ON CLUSTER 'main-1'
(
    `organization_id`   UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `replay_id`         FixedString(16),
    `trace_id`          FixedString(16) COMMENT 'trace of the event, zeros when none',
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_project_id` UInt64 COMMENT 'project of the replay; the link is filed under it',
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `retention_days`    UInt16 COMMENT 'days that the replay is kept, 0 when unknown',
    `event_project_id`  UInt64,
    `event_type`        LowCardinality(String) COMMENT 'error, default, transaction, ...',
    `level`             LowCardinality(String) COMMENT 'fatal, error, warning, info, debug or empty',
    `event_at`          DateTime64(3, 'UTC') COMMENT 'when the event happened' CODEC(Delta, ZSTD(1)),
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `group_id`          UInt64 COMMENT 'issue of the event, 0 when none',
    `transaction`       LowCardinality(String),
    `span_id`           FixedString(8) COMMENT 'span the event happened in, zeros when none' CODEC(NONE),
    `parent_span_id`    FixedString(8) COMMENT 'zeros when none',
    `client_span_ids`   Array(FixedString(8)) COMMENT 'outgoing http.client spans of a transaction',
    `profile_id`        FixedString(16) COMMENT 'zeros when none',
    `op`                LowCardinality(String),
    `status`            LowCardinality(String),
    `duration_ms`       Nullable(Int64) COMMENT 'how long a transaction took; 0 is a real duration, so none is NULL',
    `platform`          LowCardinality(String),
    `release`           LowCardinality(String),
    `environment`       LowCardinality(String),
    `method`            LowCardinality(String) COMMENT 'replay_id, flag or trace',
    `confidence`        Float64 COMMENT '1.0, 0.9 or 0.6',
    `in_session`        Bool COMMENT 'the event lies within the life of the replay plus tolerance',
    `confirmed`         Bool COMMENT 'a segment of the replay has been seen',
    `linked_at`         DateTime64(3, 'UTC') COMMENT 'when both sides were known' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka that brought this row' CODEC(Delta, ZSTD(1)),
    `version`           UInt64,
    `is_deleted`        UInt8
)
ENGINE = ReplicatedReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`replay_started_at`)
ORDER BY (`organization_id`, `replay_id`, `trace_id`, `event_id`)
TTL toDateTime(`replay_started_at`) + toIntervalDay(if(`retention_days` = 0, 90, `retention_days`))
-- The window makes a plain MergeTree drop a block that comes again with the same insert_deduplication_token.
-- Small granules and blocks, because readers come for the few rows of one replay, or of each of fifty.
SETTINGS index_granularity = 256, min_compress_block_size = 4096, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replay_links` ON CLUSTER 'main-1' AS `replays`.`replay_links_local`
ENGINE = Distributed('main-1', 'replays', 'replay_links_local', cityHash64(`replay_id`));

-- What all tables and readers ask of an event, reckoned in one place. What browsers and apps send is frontend, all else backend.
ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(if(`event_type` = 'transaction', 1, 0)
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), 2, 0)))
        COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(if(`event_type` = 'transaction', 1, 0)
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), 2, 0)))
        COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `severity` UInt8 MATERIALIZED toUInt8(if(`event_type` = 'transaction', 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a transaction';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `severity` UInt8 MATERIALIZED toUInt8(if(`event_type` = 'transaction', 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a transaction';

-- One row a replay and project that sent segments of it: its life, which the sink inserts, and what is linked to it, which the
-- view below adds. Values only grow or shrink, so rows that come again change nothing; but they cannot forget a link that was
-- taken back. So this table nominates, and what it says of links is checked against replay_links FINAL.
--
-- A replay is looked up by the first eight digits of its id too, as an event in replay_links. One whose organization is not
-- known yet has its life under organization 0; it gets a second row when it is.
CREATE TABLE IF NOT EXISTS `replays`.`replays_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64,
    `project_id`      UInt64,
    `day`             Date COMMENT 'on which the replay started',
    `replay_id`       FixedString(16) CODEC(NONE),
    `started_at`      SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
    `last_seen_at`    SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'last segment by the server''s clock, 1970 while only links are known',
    `last_segment_id` SimpleAggregateFunction(max, Int32) COMMENT '-1 when none was seen',
    `archived`        SimpleAggregateFunction(max, UInt8) COMMENT '1 when a user deleted it',
    `replay_type`     SimpleAggregateFunction(max, LowCardinality(String)) COMMENT 'session, buffer or empty',
    `platform`        SimpleAggregateFunction(max, LowCardinality(String)) COMMENT 'of the recorded program, as the next two',
    `release`         SimpleAggregateFunction(max, LowCardinality(String)),
    `environment`     SimpleAggregateFunction(max, LowCardinality(String)),
    `first_event_at`  SimpleAggregateFunction(min, Nullable(DateTime64(3, 'UTC'))) COMMENT 'of all events ever linked',
    `last_event_at`   SimpleAggregateFunction(max, Nullable(DateTime64(3, 'UTC'))),
    `worst_level`     SimpleAggregateFunction(max, UInt8) COMMENT 'of errors: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `kinds`           SimpleAggregateFunction(groupBitOr, UInt8) COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `errors`          AggregateFunction(uniq, FixedString(16)) COMMENT 'ids of all events ever linked that are no transactions',
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'newest message that says something of it',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka',
    INDEX `replay_prefix_bloom` substring(`replay_id`, 1, 4) TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX `archived_set` `archived` TYPE set(2) GRANULARITY 1
)
ENGINE = ReplicatedAggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `project_id`, `day`, `replay_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replays` ON CLUSTER 'main-1' AS `replays`.`replays_local`
ENGINE = Distributed('main-1', 'replays', 'replays_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_local`
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
    uniqStateIf(l.`event_id`, l.`event_type` != 'transaction') AS `errors`,
    max(l.`retention_days`) AS `retention_days`,
    max(l.`received_at`) AS `received_at`,
    max(l.`ingested_at`) AS `ingested_at`
FROM `replays`.`replay_links_local` AS l
WHERE l.`is_deleted` = 0
GROUP BY `organization_id`, `project_id`, `day`, `replay_id`;

-- The links of an issue, the newest replay last: replay_links once more in another order, as far as this question needs it. Read it by the
-- newest version of each link: a link that was taken back replaces its own row here too.
CREATE TABLE IF NOT EXISTS `replays`.`replays_by_issue_local` ON CLUSTER 'main-1'
(
    `organization_id`   UInt64,
    `group_id`          UInt64 COMMENT 'the issue',
    `day`               Date COMMENT 'on which the replay started',
    `replay_id`         FixedString(16),
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_project_id` UInt64,
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `event_project_id`  UInt64,
    `event_at`          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `kind`              UInt8 COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `severity`          UInt8 COMMENT 'of an error: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `retention_days`    UInt16,
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `version`           UInt64 CODEC(ZSTD(1)),
    `is_deleted`        UInt8
)
ENGINE = ReplicatedReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `group_id`, `day`, `replay_id`, `event_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
-- A key's few rows in a few granules; and in one file, where one read brings all columns of them.
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replays_by_issue` ON CLUSTER 'main-1' AS `replays`.`replays_by_issue_local`
ENGINE = Distributed('main-1', 'replays', 'replays_by_issue_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_issue_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_issue_local`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`group_id` AS `group_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`group_id` != 0;

-- The links of a transaction or route of a project, the newest replay last: replay_links once more in another order, as far as this
-- question needs it. Read it by the newest version of each link: a link that was taken back replaces its own row here too.
CREATE TABLE IF NOT EXISTS `replays`.`replays_by_transaction_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `event_project_id`, `transaction_hash`, `day`, `replay_id`, `event_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
-- A key's few rows in a few granules; and in one file, where one read brings all columns of them.
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replays_by_transaction` ON CLUSTER 'main-1' AS `replays`.`replays_by_transaction_local`
ENGINE = Distributed('main-1', 'replays', 'replays_by_transaction_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_transaction_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_transaction_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`transaction` != '';

-- The links of a trace, which is also found by the first digits of its id: replay_links once more in another order, as far as this
-- question needs it. Read it with FINAL: a link that was taken back replaces its own row here too.
CREATE TABLE IF NOT EXISTS `replays`.`replays_by_trace_local` ON CLUSTER 'main-1'
(
    `organization_id`   UInt64,
    `trace_id`          FixedString(16),
    `replay_id`         FixedString(16),
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_project_id` UInt64,
    `replay_started_at` DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `event_project_id`  UInt64,
    `event_at`          DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    `kind`              UInt8 COMMENT '1 backend error, 2 backend transaction, 4 frontend error, 8 frontend transaction',
    `severity`          UInt8 COMMENT 'of an error: 5 fatal, 4 error, 3 warning, 2 info, 1 debug, 0 none',
    `retention_days`    UInt16,
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `version`           UInt64 CODEC(ZSTD(1)),
    `is_deleted`        UInt8
)
ENGINE = ReplicatedReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`replay_started_at`)
ORDER BY (`organization_id`, `trace_id`, `replay_id`, `event_id`)
TTL toDate(`replay_started_at`) + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
-- All columns in one file, where one read brings the few rows of a trace.
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replays_by_trace` ON CLUSTER 'main-1' AS `replays`.`replays_by_trace_local`
ENGINE = Distributed('main-1', 'replays', 'replays_by_trace_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_trace_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_trace_local`
AS SELECT
    l.`organization_id` AS `organization_id`,
    l.`trace_id` AS `trace_id`,
    l.`replay_id` AS `replay_id`,
    l.`event_id` AS `event_id`,
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`trace_id` != toFixedString('', 16);

-- What became of an event that is no transaction: one row when it got a link, one when it claimed a replay and got none. An event
-- whose row says LINKED has one; else the newest of its other rows tells why not: the view link_outcomes does that. A link that is
-- taken back replaces its own row, by version, so this table is right by itself.
--
-- Rows without a link come from topic replay-unlinked, transactions among them, which kind tells; they have no replay in the key.
-- Their version is the millisecond of the record, and below it a number made of the reason, so that of two always the same stays.
CREATE TABLE IF NOT EXISTS `replays`.`link_coverage_local` ON CLUSTER 'main-1'
(
    `organization_id`   UInt64,
    `hour`              DateTime('UTC') COMMENT 'in which the server received the event' CODEC(Delta, ZSTD(1)),
    `event_project_id`  UInt64,
    `event_id`          FixedString(16) CODEC(NONE),
    `replay_id`         FixedString(16) COMMENT 'zeros in a row without a link' CODEC(ZSTD(1)),
    `kind`              LowCardinality(String) COMMENT 'error or transaction',
    `origin`            LowCardinality(String) COMMENT 'backend or frontend',
    `method`            LowCardinality(String) COMMENT 'what the event claimed: replay_id, flag or trace',
    `outcome`           LowCardinality(String) COMMENT 'LINKED, TAKEN_BACK, DELETED (the event was), or the reason why there is no link',
    `claimed_replay_id` FixedString(16) COMMENT 'the replay that an event without a link named, or that its trace led to; zeros when none' CODEC(ZSTD(1)),
    `received_at`       DateTime64(3, 'UTC') COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`       DateTime64(3, 'UTC') COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1)),
    `version`           UInt64,
    INDEX `event_prefix_bloom` substring(`event_id`, 1, 4) TYPE bloom_filter(0.01) GRANULARITY 1
)
ENGINE = ReplicatedReplacingMergeTree(`version`)
PARTITION BY toYYYYMM(`hour`)
ORDER BY (`organization_id`, `hour`, `event_project_id`, `event_id`, `replay_id`)
TTL `hour` + toIntervalDay(14)
SETTINGS index_granularity = 1024, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`link_coverage` ON CLUSTER 'main-1' AS `replays`.`link_coverage_local`
ENGINE = Distributed('main-1', 'replays', 'link_coverage_local', cityHash64(`event_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_coverage_from_links` ON CLUSTER 'main-1' TO `replays`.`link_coverage_local`
AS SELECT
    l.`organization_id` AS `organization_id`,
    toStartOfHour(toDateTime(l.`received_at`, 'UTC')) AS `hour`,
    l.`event_project_id` AS `event_project_id`,
    l.`event_id` AS `event_id`,
    l.`replay_id` AS `replay_id`,
    'error' AS `kind`,
    if(bitAnd(l.`kind`, 4) = 4, 'frontend', 'backend') AS `origin`,
    l.`method` AS `method`,
    -- The highest version there is says that the event itself was deleted.
    multiIf(l.`is_deleted` = 0, 'LINKED', l.`version` = 9223372036854775807, 'DELETED', 'TAKEN_BACK') AS `outcome`,
    l.`received_at` AS `received_at`,
    l.`ingested_at` AS `ingested_at`,
    l.`version` AS `version`
FROM `replays`.`replay_links_local` AS l
WHERE l.`event_type` != 'transaction';

-- The outcome of each event as it is now.
CREATE VIEW IF NOT EXISTS `replays`.`link_outcomes` ON CLUSTER 'main-1'
AS SELECT
    c.`organization_id` AS `organization_id`,
    c.`hour` AS `hour`,
    c.`event_project_id` AS `event_project_id`,
    c.`event_id` AS `event_id`,
    any(c.`kind`) AS `kind`,
    any(c.`origin`) AS `origin`,
    max(c.`method`) AS `method`,
    argMax(c.`outcome`, (transform(c.`outcome`, ['DELETED', 'LINKED', 'TAKEN_BACK'], [3, 2, 0], 1), c.`version`)) AS `outcome`,
    max(c.`claimed_replay_id`) AS `claimed_replay_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM `replays`.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`;

-- The same by the hour, for longer than single events are kept. A row holds all outcomes of its hour and is replaced as a whole
-- whenever the hour is reckoned again: nothing is added up twice, and an outcome that no event has any more is gone with the row.
CREATE TABLE IF NOT EXISTS `replays`.`link_coverage_hourly_local` ON CLUSTER 'main-1'
(
    `organization_id`  UInt64,
    `hour`             DateTime('UTC') CODEC(Delta, ZSTD(1)),
    `event_project_id` UInt64,
    `origin`           LowCardinality(String) COMMENT 'backend or frontend',
    `events`           Map(LowCardinality(String), UInt64) COMMENT 'by method and outcome, as replay_id/LINKED, how many errors',
    `received_at`      DateTime64(3, 'UTC') COMMENT 'when the server received the newest error of the hour' CODEC(Delta, ZSTD(1)),
    `ingested_at`      DateTime64(3, 'UTC') COMMENT 'timestamp of the newest record in Kafka' CODEC(Delta, ZSTD(1)),
    `reckoned_at`      DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplicatedReplacingMergeTree(`reckoned_at`)
PARTITION BY toYYYYMM(`hour`)
ORDER BY (`organization_id`, `hour`, `event_project_id`, `origin`)
TTL `hour` + toIntervalDay(400)
SETTINGS index_granularity = 1024;

CREATE TABLE IF NOT EXISTS `replays`.`link_coverage_hourly` ON CLUSTER 'main-1' AS `replays`.`link_coverage_hourly_local`
ENGINE = Distributed('main-1', 'replays', 'link_coverage_hourly_local', cityHash64(`organization_id`, `hour`, `event_project_id`, `origin`));

-- Only hours of which no row has expired: one that is half gone would replace the whole one.
CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_coverage_hourly_from_outcomes` ON CLUSTER 'main-1'
REFRESH EVERY 1 HOUR APPEND TO `replays`.`link_coverage_hourly`
AS SELECT
    o.`organization_id` AS `organization_id`,
    o.`hour` AS `hour`,
    o.`event_project_id` AS `event_project_id`,
    o.`origin` AS `origin`,
    sumMap(map(concat(o.`method`, '/', o.`outcome`), toUInt64(1))) AS `events`,
    max(o.`received_at`) AS `received_at`,
    max(o.`ingested_at`) AS `ingested_at`,
    now64(3, 'UTC') AS `reckoned_at`
FROM `replays`.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`hour` >= now() - toIntervalDay(7)
GROUP BY `organization_id`, `hour`, `event_project_id`, `origin`;

-- Which organizations there are, and how fresh what is known of them is: one row each. Lives and links both pass through replays.
CREATE TABLE IF NOT EXISTS `replays`.`link_freshness_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64,
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when the server received the newest message',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka'
)
ENGINE = ReplicatedAggregatingMergeTree
ORDER BY `organization_id`
SETTINGS replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`link_freshness` ON CLUSTER 'main-1' AS `replays`.`link_freshness_local`
ENGINE = Distributed('main-1', 'replays', 'link_freshness_local', cityHash64(`organization_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_freshness_from_replays` ON CLUSTER 'main-1' TO `replays`.`link_freshness_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    max(r.`received_at`) AS `received_at`,
    max(r.`ingested_at`) AS `ingested_at`
FROM `replays`.`replays_local` AS r
GROUP BY `organization_id`;

-- The replays that users deleted, few beside all, so that each list of replays can leave them out at little cost.
CREATE TABLE IF NOT EXISTS `replays`.`archived_replays_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64 COMMENT '0 while unknown',
    `day`             Date COMMENT 'on which the replay started',
    `replay_id`       FixedString(16) CODEC(NONE),
    `project_id`      UInt64,
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'when the server received the newest message that says so',
    `ingested_at`     SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'timestamp of the newest record in Kafka'
)
ENGINE = ReplicatedAggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `day`, `replay_id`, `project_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`archived_replays` ON CLUSTER 'main-1' AS `replays`.`archived_replays_local`
ENGINE = Distributed('main-1', 'replays', 'archived_replays_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`archived_replays_from_replays` ON CLUSTER 'main-1' TO `replays`.`archived_replays_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`day` AS `day`,
    r.`replay_id` AS `replay_id`,
    r.`project_id` AS `project_id`,
    r.`retention_days` AS `retention_days`,
    r.`received_at` AS `received_at`,
    r.`ingested_at` AS `ingested_at`
FROM `replays`.`replays_local` AS r
WHERE r.`archived` = 1;

-- Which replays to look into for an event: the first eight digits of its id, which people look up by, lead to a few, and their links in replay_links
-- say the rest. So this table only nominates, and it is narrow; a link that was taken back leaves its row behind until that expires.
CREATE TABLE IF NOT EXISTS `replays`.`replays_by_event_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64,
    `event_prefix`    FixedString(4) COMMENT 'the first eight digits of the event''s id' CODEC(NONE),
    `replay_id`       FixedString(16) CODEC(NONE),
    `day`             SimpleAggregateFunction(max, Date) COMMENT 'on which the replay started',
    `retention_days`  SimpleAggregateFunction(max, UInt16),
    `received_at`     SimpleAggregateFunction(max, DateTime('UTC')) COMMENT 'when the server received the event' CODEC(Delta, ZSTD(1)),
    `ingested_at`     SimpleAggregateFunction(max, DateTime('UTC')) COMMENT 'timestamp of the record in Kafka' CODEC(Delta, ZSTD(1))
)
ENGINE = ReplicatedAggregatingMergeTree
PARTITION BY toYYYYMM(`day`)
ORDER BY (`organization_id`, `event_prefix`, `replay_id`)
TTL `day` + toIntervalDay(if(`retention_days` = 0, 90, least(`retention_days`, 3650)))
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, replicated_deduplication_window = 1000;

CREATE TABLE IF NOT EXISTS `replays`.`replays_by_event` ON CLUSTER 'main-1' AS `replays`.`replays_by_event_local`
ENGINE = Distributed('main-1', 'replays', 'replays_by_event_local', cityHash64(`replay_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_event_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_event_local`
AS SELECT
    l.`organization_id` AS `organization_id`,
    substring(l.`event_id`, 1, 4) AS `event_prefix`,
    l.`replay_id` AS `replay_id`,
    toDate(l.`replay_started_at`) AS `day`,
    l.`retention_days` AS `retention_days`,
    toDateTime(l.`received_at`) AS `received_at`,
    toDateTime(l.`ingested_at`) AS `ingested_at`
FROM `replays`.`replay_links_local` AS l
WHERE l.`is_deleted` = 0;

-- Links that were there before the views: put into their own table once more, they pass by every view and are, by their version,
-- the rows that they were. Repeated after it was cut off, it changes nothing either. In a cluster each shard does its own.
INSERT INTO `replays`.`replay_links` SELECT * FROM `replays`.`replay_links`
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;

-- What a question to the links need not do: go through organizations that have replays only, as all have that are not known yet (0), and
-- ask for replays that users deleted where nobody ever did.
ALTER TABLE `replays`.`link_freshness_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `linked` SimpleAggregateFunction(max, UInt8) COMMENT '1 when there ever was a link';

ALTER TABLE `replays`.`link_freshness` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `linked` SimpleAggregateFunction(max, UInt8) COMMENT '1 when there ever was a link';

ALTER TABLE `replays`.`link_freshness_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `archived` SimpleAggregateFunction(max, UInt8) COMMENT '1 when a user ever deleted a replay';

ALTER TABLE `replays`.`link_freshness` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `archived` SimpleAggregateFunction(max, UInt8) COMMENT '1 when a user ever deleted a replay';

-- The same view with both columns. What is inserted while there is none, the last statement brings.
DROP VIEW IF EXISTS `replays`.`link_freshness_from_replays` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_freshness_from_replays` ON CLUSTER 'main-1' TO `replays`.`link_freshness_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    max(r.`received_at`) AS `received_at`,
    max(r.`ingested_at`) AS `ingested_at`,
    max(toUInt8(isNotNull(r.`first_event_at`))) AS `linked`,
    max(r.`archived`) AS `archived`
FROM `replays`.`replays_local` AS r
GROUP BY `organization_id`;

INSERT INTO `replays`.`link_freshness` (`organization_id`, `received_at`, `ingested_at`, `linked`, `archived`)
SELECT
    r.`organization_id`,
    max(r.`received_at`),
    max(r.`ingested_at`),
    max(toUInt8(isNotNull(r.`first_event_at`))),
    max(r.`archived`)
FROM `replays`.`replays` AS r
GROUP BY r.`organization_id`;

-- An issue-platform event (feedback, rage_click, performance, ...) may have the id of the transaction that it was found in, on the same trace
-- and with the same replay. `occurrence` ends the sorting key, so that both links are kept. A column that joins a key has no default
-- expression, so rows that are there are 0: none of them is an occurrence.
ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `replay_id`, `trace_id`, `event_id`, `occurrence`);

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`;

ALTER TABLE `replays`.`replays_by_issue_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `group_id`, `day`, `replay_id`, `event_id`, `occurrence`);

ALTER TABLE `replays`.`replays_by_issue` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`;

ALTER TABLE `replays`.`replays_by_transaction_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `event_project_id`, `transaction_hash`, `day`, `replay_id`, `event_id`, `occurrence`);

ALTER TABLE `replays`.`replays_by_transaction` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`;

ALTER TABLE `replays`.`replays_by_trace_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`,
    MODIFY ORDER BY (`organization_id`, `trace_id`, `replay_id`, `event_id`, `occurrence`);

ALTER TABLE `replays`.`replays_by_trace` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `event_id`;

-- The one place in SQL that sorts events; EventKind is the one in Java, and a test compares them. A segment span is a call like a
-- transaction. An occurrence is neither an error nor a call: it is no failure of its own, and a share of errors must not count it.
ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    MODIFY COLUMN `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(
            if(`occurrence` = 1, 4, if(lower(`event_type`) IN ('transaction', 'span'), 1, 0))
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), if(`occurrence` = 1, 1, 2), 0)))
        COMMENT '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
    MODIFY COLUMN `kind` UInt8 MATERIALIZED bitShiftLeft(toUInt8(1), toUInt8(
            if(`occurrence` = 1, 4, if(lower(`event_type`) IN ('transaction', 'span'), 1, 0))
            + if(`platform` IN ('javascript', 'cocoa', 'java-android', 'dart'), if(`occurrence` = 1, 1, 2), 0)))
        COMMENT '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    MODIFY COLUMN `severity` UInt8 MATERIALIZED toUInt8(if(`occurrence` = 1 OR lower(`event_type`) IN ('transaction', 'span'), 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a call or an occurrence';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
    MODIFY COLUMN `severity` UInt8 MATERIALIZED toUInt8(if(`occurrence` = 1 OR lower(`event_type`) IN ('transaction', 'span'), 0,
            transform(`level`, ['fatal', 'error', 'warning', 'info', 'debug'], [5, 4, 3, 2, 1], 4)))
        COMMENT 'of an error or message: 5 fatal, 4 error or unknown, 3 warning, 2 info, 1 debug; 0 of a call or an occurrence';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `event_type`
        'error, default, transaction, span (a streamed segment span, its id followed by zeros), ...; of an occurrence its kind, as feedback';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `event_type`
        'error, default, transaction, span (a streamed segment span, its id followed by zeros), ...; of an occurrence its kind, as feedback';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `method`
        'replay_id, error_id, span, trace or user';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `method`
        'replay_id, error_id, span, trace or user';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `confidence`
        '1.0 for an id, 0.98 for the path of spans, 0.9 for the only visit of a trace, 0.7 for the user, 0.6 for a choice by time';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `confidence`
        '1.0 for an id, 0.98 for the path of spans, 0.9 for the only visit of a trace, 0.7 for the user, 0.6 for a choice by time';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `client_span_ids`
        'outgoing client and producer spans of a transaction';

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `client_span_ids`
        'outgoing client and producer spans of a transaction';

ALTER TABLE `replays`.`replays_by_issue_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_by_issue` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_by_transaction_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_by_transaction` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_by_trace_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_by_trace` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kinds`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kinds`
        '1 backend error, 2 backend call, 4 frontend error, 8 frontend call, 16 backend occurrence, 32 frontend occurrence';

ALTER TABLE `replays`.`replays_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `errors`
        'ids of all errors and messages ever linked';

ALTER TABLE `replays`.`replays` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `errors`
        'ids of all errors and messages ever linked';

-- The same views with the new column, and with errors by kind. Links that are inserted while there is no view, V015 brings.
DROP VIEW IF EXISTS `replays`.`replays_by_issue_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_issue_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_issue_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`group_id` != 0;

DROP VIEW IF EXISTS `replays`.`replays_by_transaction_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_transaction_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_transaction_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`transaction` != '';

DROP VIEW IF EXISTS `replays`.`replays_by_trace_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_by_trace_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_by_trace_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`trace_id` != toFixedString('', 16);

DROP VIEW IF EXISTS `replays`.`replays_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`replays_from_links` ON CLUSTER 'main-1' TO `replays`.`replays_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE l.`is_deleted` = 0
GROUP BY `organization_id`, `project_id`, `day`, `replay_id`;

-- Every error of a backend has its row: one when it got a link, one when it got none, whether or not it named a replay (`claimed`). So a share of
-- all errors is counted here, and what claimed a replay is a part of it. Rows that are there all claimed one.
ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `replay_id`,
    MODIFY ORDER BY (`organization_id`, `hour`, `event_project_id`, `event_id`, `replay_id`, `occurrence`);

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `occurrence` UInt8 COMMENT '1 for an issue-platform event, which may share its id with a transaction' AFTER `replay_id`;

ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `claimed` UInt8 DEFAULT 1
        COMMENT '1 when the event names a replay, indicates that there is one, or had a link; 0 for a backend error that does neither' AFTER `origin`;

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `claimed` UInt8 DEFAULT 1
        COMMENT '1 when the event names a replay, indicates that there is one, or had a link; 0 for a backend error that does neither' AFTER `origin`;

ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        'error, call (transaction or segment span) or occurrence';

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `kind`
        'error, call (transaction or segment span) or occurrence';

ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `method`
        'how a link was found: replay_id, error_id, span, trace or user; without one, what the event named: replay_id, trace or unknown';

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1' COMMENT COLUMN IF EXISTS `method`
        'how a link was found: replay_id, error_id, span, trace or user; without one, what the event named: replay_id, trace or unknown';

DROP VIEW IF EXISTS `replays`.`link_coverage_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_coverage_from_links` ON CLUSTER 'main-1' TO `replays`.`link_coverage_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE bitAnd(l.`kind`, 5) != 0;

-- An organization of which there are errors alone, no replay and no link, is one too: its share is 0, and not unknown.
CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_freshness_from_coverage` ON CLUSTER 'main-1' TO `replays`.`link_freshness_local`
AS SELECT
    c.`organization_id` AS `organization_id`,
    max(c.`received_at`) AS `received_at`,
    max(c.`ingested_at`) AS `ingested_at`
FROM `replays`.`link_coverage_local` AS c
GROUP BY `organization_id`;

INSERT INTO `replays`.`link_freshness` (`organization_id`, `received_at`, `ingested_at`)
SELECT
    c.`organization_id`,
    max(c.`received_at`),
    max(c.`ingested_at`)
FROM `replays`.`link_coverage` AS c
GROUP BY c.`organization_id`;

-- The outcome of each event as it is now. Method and claim are those of the row that decides, and of links that hold with one version the
-- greatest method, so that the answer does not depend on the order of inserts. CREATE OR REPLACE would need the right to drop tables.
DROP VIEW IF EXISTS `replays`.`link_outcomes` ON CLUSTER 'main-1';

CREATE VIEW IF NOT EXISTS `replays`.`link_outcomes` ON CLUSTER 'main-1'
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
FROM `replays`.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`, `occurrence`;

ALTER TABLE `replays`.`link_coverage_hourly_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `unclaimed` Map(LowCardinality(String), UInt64)
        COMMENT 'by method and outcome, how many of the errors named no replay' AFTER `events`;

ALTER TABLE `replays`.`link_coverage_hourly` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `unclaimed` Map(LowCardinality(String), UInt64)
        COMMENT 'by method and outcome, how many of the errors named no replay' AFTER `events`;

DROP VIEW IF EXISTS `replays`.`link_coverage_hourly_from_outcomes` ON CLUSTER 'main-1';

-- Only hours of which no row has expired: one that is half gone would replace the whole one.
CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_coverage_hourly_from_outcomes` ON CLUSTER 'main-1'
REFRESH EVERY 1 HOUR APPEND TO `replays`.`link_coverage_hourly`
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
FROM `replays`.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`occurrence` = 0 AND o.`hour` >= now() - toIntervalDay(7)
GROUP BY `organization_id`, `hour`, `event_project_id`, `origin`;

-- Links that were inserted while V013 and V014 made views anew: as V011 does, all are inserted once more and are, by their version, the rows
-- that they were.
INSERT INTO `replays`.`replay_links` SELECT * FROM `replays`.`replay_links`
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;

-- Views for people, in Grafana or a SQL client: ids as hex text, words for codes, current rows only. They hold nothing, and need no right but
-- SELECT on their tables. Each passes a condition on the organization down to the key of its table, coverage and replays_readable one on the
-- day too. replay_links has no day in its key, and FINAL needs all versions of a link.
--
-- First the platform of the SDK on every outcome, so that the share of errors with a replay can be told apart by it. Rows that are there have none.
ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `platform` LowCardinality(String)
        COMMENT 'platform of the SDK that sent the event, such as node, python or javascript; empty in rows from before this column' AFTER `origin`;

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1'
    ADD COLUMN IF NOT EXISTS `platform` LowCardinality(String)
        COMMENT 'platform of the SDK that sent the event, such as node, python or javascript; empty in rows from before this column' AFTER `origin`;

DROP VIEW IF EXISTS `replays`.`link_coverage_from_links` ON CLUSTER 'main-1';

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`link_coverage_from_links` ON CLUSTER 'main-1' TO `replays`.`link_coverage_local`
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
FROM `replays`.`replay_links_local` AS l
WHERE bitAnd(l.`kind`, 5) != 0
COMMENT 'Copies the outcome of errors that have a link to link_coverage';

-- Links that were inserted while there was no view. Without a platform, as all rows from before: with one, linked errors alone would have it,
-- and each platform would seem to have a replay for every error. In a cluster each shard does its own, next to their other versions.
INSERT INTO `replays`.`link_coverage`
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
FROM `replays`.`replay_links` AS l
WHERE bitAnd(l.`kind`, 5) != 0 AND l.`received_at` >= now() - toIntervalDay(14)
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;

DROP VIEW IF EXISTS `replays`.`link_outcomes` ON CLUSTER 'main-1';

CREATE VIEW IF NOT EXISTS `replays`.`link_outcomes` ON CLUSTER 'main-1'
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
FROM `replays`.`link_coverage` AS c FINAL
GROUP BY `organization_id`, `hour`, `event_project_id`, `event_id`, `occurrence`
COMMENT 'The outcome of each event as it is now, for 14 days';

CREATE VIEW IF NOT EXISTS `replays`.`coverage` ON CLUSTER 'main-1'
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
FROM `replays`.`link_outcomes` AS o
WHERE o.`kind` = 'error' AND o.`occurrence` = 0 AND o.`outcome` != 'DELETED'
GROUP BY o.`organization_id`, o.`hour`, o.`event_project_id`, o.`origin`, o.`platform`, o.`method`, o.`outcome`
COMMENT 'How many errors have a replay, and why others have none, by hour, project and platform, for 14 days. Deleted events do not count';

-- The view links has ids as text. In the order of the key the text sorts as the bytes do, so this index finds a replay by its text as fast.
ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    ADD INDEX IF NOT EXISTS `replay_text` lower(hex(`replay_id`)) TYPE minmax GRANULARITY 1;

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
    MATERIALIZE INDEX IF EXISTS `replay_text`;

CREATE VIEW IF NOT EXISTS `replays`.`links` ON CLUSTER 'main-1'
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
FROM `replays`.`replay_links` AS l FINAL
WHERE (l.`replay_id`, l.`replay_project_id`) GLOBAL NOT IN (SELECT a.`replay_id`, a.`project_id` FROM `replays`.`archived_replays` AS a)
COMMENT 'Links as they are now, without those of replays that users deleted: one row an event and its replay';

CREATE VIEW IF NOT EXISTS `replays`.`replays_readable` ON CLUSTER 'main-1'
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
    FROM `replays`.`replays` AS s
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
    FROM `replays`.`replay_links` AS l FINAL
) AS r
GROUP BY r.`organization_id`, r.`day`, r.`project_id`, r.`replay_id`
-- A replay of which only retracted links are known is none.
HAVING max(r.`last_segment_id`) >= 0 OR countIf(r.`kind` != 0) > 0
COMMENT 'Replays with what is linked to them now: one row a replay, its project and the day on which it started';

-- Comments on what the migrations before left without one. The columns of a materialized view are those of its table.
ALTER TABLE `replays`.`replay_linker_migrations_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `version` 'number of the migration',
    COMMENT COLUMN IF EXISTS `name` 'its file',
    COMMENT COLUMN IF EXISTS `applied_at` 'when it was applied',
    MODIFY COMMENT 'Which migrations this database has; written by tables --apply';

ALTER TABLE `replays`.`replay_linker_migrations` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `version` 'number of the migration',
    COMMENT COLUMN IF EXISTS `name` 'its file',
    COMMENT COLUMN IF EXISTS `applied_at` 'when it was applied',
    MODIFY COMMENT 'Which migrations this database has; written by tables --apply';

ALTER TABLE `replays`.`replay_links_local` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replay_links` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_local` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_issue_local` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_issue` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_transaction_local` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_transaction` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_trace_local` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_trace` ON CLUSTER 'main-1'
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

ALTER TABLE `replays`.`replays_by_event_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'a replay with an event whose id begins like that',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Which replays to look into for the first digits of an event id. Rows of retracted links stay: verify them against replay_links FINAL';

ALTER TABLE `replays`.`replays_by_event` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `replay_id` 'a replay with an event whose id begins like that',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Which replays to look into for the first digits of an event id. Rows of retracted links stay: verify them against replay_links FINAL';

ALTER TABLE `replays`.`archived_replays_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `project_id` 'project that sent the segments',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Replays that users deleted';

ALTER TABLE `replays`.`archived_replays` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `replay_id` 'the replay',
    COMMENT COLUMN IF EXISTS `project_id` 'project that sent the segments',
    COMMENT COLUMN IF EXISTS `retention_days` 'days that the replay is kept, 0 when unknown',
    MODIFY COMMENT 'Replays that users deleted';

ALTER TABLE `replays`.`link_coverage_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    MODIFY COMMENT 'What became of each event, for 14 days: rows of links and rows without a link. Read it through the views link_outcomes and coverage';

ALTER TABLE `replays`.`link_coverage` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the event',
    COMMENT COLUMN IF EXISTS `event_id` 'the event',
    COMMENT COLUMN IF EXISTS `version` 'of several rows with the same key the one with the highest version counts',
    MODIFY COMMENT 'What became of each event, for 14 days: rows of links and rows without a link. Read it through the views link_outcomes and coverage';

ALTER TABLE `replays`.`link_coverage_hourly_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `hour` 'in which the server received the errors',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the errors',
    COMMENT COLUMN IF EXISTS `reckoned_at` 'when the hour was counted; the latest row of an hour counts',
    MODIFY COMMENT 'How many errors had which outcome, by the hour, for 400 days. Read it with FINAL';

ALTER TABLE `replays`.`link_coverage_hourly` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` 'organization that received the event, 0 when unknown',
    COMMENT COLUMN IF EXISTS `hour` 'in which the server received the errors',
    COMMENT COLUMN IF EXISTS `event_project_id` 'project of the errors',
    COMMENT COLUMN IF EXISTS `reckoned_at` 'when the hour was counted; the latest row of an hour counts',
    MODIFY COMMENT 'How many errors had which outcome, by the hour, for 400 days. Read it with FINAL';

ALTER TABLE `replays`.`link_freshness_local` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` '0 for replays whose organization is unknown',
    MODIFY COMMENT 'Which organizations there are, and how new the newest record of each is';

ALTER TABLE `replays`.`link_freshness` ON CLUSTER 'main-1'
    COMMENT COLUMN IF EXISTS `organization_id` '0 for replays whose organization is unknown',
    MODIFY COMMENT 'Which organizations there are, and how new the newest record of each is';

ALTER TABLE `replays`.`replays_from_links` ON CLUSTER 'main-1' MODIFY COMMENT 'Adds to replays what is linked to them';

ALTER TABLE `replays`.`replays_by_issue_from_links` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies links to replays_by_issue';

ALTER TABLE `replays`.`replays_by_transaction_from_links` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies links to replays_by_transaction';

ALTER TABLE `replays`.`replays_by_trace_from_links` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies links to replays_by_trace';

ALTER TABLE `replays`.`replays_by_event_from_links` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the beginnings of event ids to replays_by_event';

ALTER TABLE `replays`.`archived_replays_from_replays` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies replays that users deleted to archived_replays';

ALTER TABLE `replays`.`link_freshness_from_replays` ON CLUSTER 'main-1' MODIFY COMMENT 'Notes the newest record of replays and links in link_freshness';

ALTER TABLE `replays`.`link_freshness_from_coverage` ON CLUSTER 'main-1' MODIFY COMMENT 'Notes the newest outcome in link_freshness';

ALTER TABLE `replays`.`link_coverage_hourly_from_outcomes` ON CLUSTER 'main-1' MODIFY COMMENT 'Counts the outcomes of the last seven days into link_coverage_hourly, every hour';

-- What happened around an error: the nodes of each trace, the details of errors, and issues. One table takes the rows of topic trace-nodes
-- and keeps none; views spread them over the tables below, each in the order of its question. A row that comes again changes nothing.
--
-- Nothing in these tables names a person: texts are redacted before they reach the topic, and values of variables are never read.
CREATE TABLE IF NOT EXISTS `replays`.`trace_records_local` ON CLUSTER 'main-1'
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

CREATE TABLE IF NOT EXISTS `replays`.`trace_records` ON CLUSTER 'main-1' AS `replays`.`trace_records_local`
ENGINE = Distributed('main-1', 'replays', 'trace_records_local', cityHash64(`trace_id`));

CREATE TABLE IF NOT EXISTS `replays`.`trace_nodes_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `trace_id`, `event_id`, `occurrence`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
-- The few nodes of a trace in one granule, and in one file.
SETTINGS index_granularity = 512, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'The events and segments of each trace, linked or not, ordered by trace. Read it with FINAL';

CREATE TABLE IF NOT EXISTS `replays`.`trace_nodes` ON CLUSTER 'main-1' AS `replays`.`trace_nodes_local`
ENGINE = Distributed('main-1', 'replays', 'trace_nodes_local', cityHash64(`trace_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`trace_nodes_from_records` ON CLUSTER 'main-1' TO `replays`.`trace_nodes_local`
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
FROM `replays`.`trace_records_local` AS r
WHERE r.`is_node` = 1;

-- People and programs name an event or a span by its first digits, and mean its trace.
CREATE TABLE IF NOT EXISTS `replays`.`traces_by_id_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64 COMMENT 'organization that received the event, 0 when unknown',
    `id_prefix`       FixedString(8) COMMENT 'first half of an event id, or a span id' CODEC(NONE),
    `trace_id`        FixedString(16) COMMENT 'its trace' CODEC(NONE),
    `received_at`     DateTime('UTC') COMMENT 'when the server received the event' CODEC(ZSTD(1)),
    `retention_days`  UInt16 COMMENT 'days that the row is kept'
)
ENGINE = ReplicatedReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `id_prefix`, `trace_id`)
TTL `received_at` + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'Which trace an event or span belongs to, by the first eight bytes of its id';

CREATE TABLE IF NOT EXISTS `replays`.`traces_by_id` ON CLUSTER 'main-1' AS `replays`.`traces_by_id_local`
ENGINE = Distributed('main-1', 'replays', 'traces_by_id_local', cityHash64(`trace_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`traces_by_id_from_records` ON CLUSTER 'main-1' TO `replays`.`traces_by_id_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    `prefix` AS `id_prefix`,
    r.`trace_id` AS `trace_id`,
    toDateTime(r.`received_at`, 'UTC') AS `received_at`,
    r.`nodes_days` AS `retention_days`
FROM `replays`.`trace_records_local` AS r
ARRAY JOIN arrayFilter(
    `id` -> `id` != toFixedString('', 8),
    arrayDistinct([toFixedString(substring(r.`event_id`, 1, 8), 8), r.`span_id`])) AS `prefix`
WHERE r.`is_node` = 1;

CREATE TABLE IF NOT EXISTS `replays`.`trace_spans_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree
PARTITION BY toDate(`received_at`)
ORDER BY (`organization_id`, `trace_id`, `segment_span_id`, `span_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 1024, min_bytes_for_wide_part = 1000000000000, ttl_only_drop_parts = 1
COMMENT 'The spans inside the segments of each trace, ordered by trace. Read it with FINAL';

CREATE TABLE IF NOT EXISTS `replays`.`trace_spans` ON CLUSTER 'main-1' AS `replays`.`trace_spans_local`
ENGINE = Distributed('main-1', 'replays', 'trace_spans_local', cityHash64(`trace_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`trace_spans_from_records` ON CLUSTER 'main-1' TO `replays`.`trace_spans_local`
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
FROM `replays`.`trace_records_local` AS r
ARRAY JOIN
    r.`inner_span_ids` AS `inner_span_id`,
    r.`inner_parent_ids` AS `inner_parent_id`,
    r.`inner_ops` AS `inner_op`,
    r.`inner_names` AS `inner_name`,
    r.`inner_statuses` AS `inner_status`,
    r.`inner_started_at` AS `inner_started`,
    r.`inner_durations` AS `inner_duration`;

CREATE TABLE IF NOT EXISTS `replays`.`error_details_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree
PARTITION BY toYYYYMM(`received_at`)
ORDER BY (`organization_id`, `event_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 256, min_bytes_for_wide_part = 1000000000000
COMMENT 'What each error is: class, text and frames, without values of variables. Read it with FINAL';

CREATE TABLE IF NOT EXISTS `replays`.`error_details` ON CLUSTER 'main-1' AS `replays`.`error_details_local`
ENGINE = Distributed('main-1', 'replays', 'error_details_local', cityHash64(`trace_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`error_details_from_records` ON CLUSTER 'main-1' TO `replays`.`error_details_local`
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
FROM `replays`.`trace_records_local` AS r
WHERE r.`is_error` = 1;

-- The errors of an issue, the latest first to be found.
CREATE TABLE IF NOT EXISTS `replays`.`errors_by_issue_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree
PARTITION BY toYYYYMM(`received_at`)
ORDER BY (`organization_id`, `group_id`, `event_at`, `event_id`)
TTL toDateTime(`received_at`) + toIntervalDay(`retention_days`)
SETTINGS index_granularity = 512, min_bytes_for_wide_part = 1000000000000
COMMENT 'The errors of each issue, ordered by time';

CREATE TABLE IF NOT EXISTS `replays`.`errors_by_issue` ON CLUSTER 'main-1' AS `replays`.`errors_by_issue_local`
ENGINE = Distributed('main-1', 'replays', 'errors_by_issue_local', cityHash64(`trace_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`errors_by_issue_from_records` ON CLUSTER 'main-1' TO `replays`.`errors_by_issue_local`
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
FROM `replays`.`trace_records_local` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0;

-- By hash as well, because a split moves the errors of some hashes to another issue.
CREATE TABLE IF NOT EXISTS `replays`.`issues_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree(`event_at`)
ORDER BY (`organization_id`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`event_at`) + toIntervalDay(190)
SETTINGS index_granularity = 1024
COMMENT 'The latest error of each issue and hash. Read it with FINAL, and follow issue_changes';

CREATE TABLE IF NOT EXISTS `replays`.`issues` ON CLUSTER 'main-1' AS `replays`.`issues_local`
ENGINE = Distributed('main-1', 'replays', 'issues_local', cityHash64(`group_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`issues_from_records` ON CLUSTER 'main-1' TO `replays`.`issues_local`
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
FROM `replays`.`trace_records_local` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0;

CREATE TABLE IF NOT EXISTS `replays`.`issue_counts_local` ON CLUSTER 'main-1'
(
    `organization_id` UInt64 COMMENT 'organization that received the errors, 0 when unknown',
    `group_id`        UInt64 COMMENT 'the issue as the errors were received',
    `primary_hash`    FixedString(16) COMMENT 'hash of the errors',
    `project_id`      UInt64 COMMENT 'project of the errors',
    `first_seen_at`   SimpleAggregateFunction(min, DateTime64(3, 'UTC')) COMMENT 'first error that was read',
    `last_seen_at`    SimpleAggregateFunction(max, DateTime64(3, 'UTC')) COMMENT 'latest error',
    `events`          AggregateFunction(uniq, FixedString(16)) COMMENT 'ids of all errors'
)
ENGINE = ReplicatedAggregatingMergeTree
ORDER BY (`organization_id`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`last_seen_at`) + toIntervalDay(190)
SETTINGS index_granularity = 1024
COMMENT 'How many errors each issue and hash has, and since when';

CREATE TABLE IF NOT EXISTS `replays`.`issue_counts` ON CLUSTER 'main-1' AS `replays`.`issue_counts_local`
ENGINE = Distributed('main-1', 'replays', 'issue_counts_local', cityHash64(`group_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`issue_counts_from_records` ON CLUSTER 'main-1' TO `replays`.`issue_counts_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    min(r.`event_at`) AS `first_seen_at`,
    max(r.`event_at`) AS `last_seen_at`,
    uniqState(r.`event_id`) AS `events`
FROM `replays`.`trace_records_local` AS r
WHERE r.`is_error` = 1 AND r.`group_id` != 0
GROUP BY `organization_id`, `group_id`, `primary_hash`, `project_id`;

CREATE TABLE IF NOT EXISTS `replays`.`issue_frames_local` ON CLUSTER 'main-1'
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
ENGINE = ReplicatedReplacingMergeTree(`event_at`)
ORDER BY (`organization_id`, `function`, `file`, `group_id`, `primary_hash`, `project_id`)
TTL toDateTime(`event_at`) + toIntervalDay(60)
SETTINGS index_granularity = 1024
COMMENT 'Which issues have a function and file on the stack';

CREATE TABLE IF NOT EXISTS `replays`.`issue_frames` ON CLUSTER 'main-1' AS `replays`.`issue_frames_local`
ENGINE = Distributed('main-1', 'replays', 'issue_frames_local', cityHash64(`group_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`issue_frames_from_records` ON CLUSTER 'main-1' TO `replays`.`issue_frames_local`
AS SELECT
    r.`organization_id` AS `organization_id`,
    `frame_function` AS `function`,
    `frame_file` AS `file`,
    r.`group_id` AS `group_id`,
    r.`primary_hash` AS `primary_hash`,
    r.`project_id` AS `project_id`,
    max(`frame_line`) AS `line`,
    max(r.`event_at`) AS `event_at`
FROM `replays`.`trace_records_local` AS r
ARRAY JOIN
    r.`frame_functions` AS `frame_function`,
    r.`frame_files` AS `frame_file`,
    r.`frame_lines` AS `frame_line`
WHERE r.`is_error` = 1 AND r.`group_id` != 0
GROUP BY `organization_id`, `function`, `file`, `group_id`, `primary_hash`, `project_id`;

CREATE TABLE IF NOT EXISTS `replays`.`issue_changes_local` ON CLUSTER 'main-1'
(
    `project_id`     UInt64 COMMENT 'project of the issues and events',
    `change_at`      DateTime64(3, 'UTC') COMMENT 'when the change was done',
    `change`         LowCardinality(String) COMMENT 'end_merge, end_unmerge, end_delete_groups or tombstone_events',
    `from_group_ids` Array(UInt64) COMMENT 'issues that were merged, split or deleted',
    `to_group_id`    UInt64 COMMENT 'issue that the errors moved to, 0 when deleted',
    `hashes`         Array(FixedString(16)) COMMENT 'of a split: the hashes of the errors that moved',
    `event_ids`      Array(FixedString(16)) COMMENT 'events that were deleted'
)
ENGINE = ReplicatedReplacingMergeTree
ORDER BY (`project_id`, `change_at`, `change`, `to_group_id`, `from_group_ids`, `event_ids`)
TTL toDateTime(`change_at`) + toIntervalDay(190)
SETTINGS index_granularity = 256
COMMENT 'Merges, splits and deletions of issues, and deletions of events';

CREATE TABLE IF NOT EXISTS `replays`.`issue_changes` ON CLUSTER 'main-1' AS `replays`.`issue_changes_local`
ENGINE = Distributed('main-1', 'replays', 'issue_changes_local', cityHash64(`project_id`));

CREATE MATERIALIZED VIEW IF NOT EXISTS `replays`.`issue_changes_from_records` ON CLUSTER 'main-1' TO `replays`.`issue_changes_local`
AS SELECT
    r.`project_id` AS `project_id`,
    r.`change_at` AS `change_at`,
    r.`change` AS `change`,
    r.`from_group_ids` AS `from_group_ids`,
    r.`to_group_id` AS `to_group_id`,
    r.`hashes` AS `hashes`,
    r.`event_ids` AS `event_ids`
FROM `replays`.`trace_records_local` AS r
WHERE r.`change` != '';

ALTER TABLE `replays`.`trace_nodes_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies events and segments to trace_nodes';

ALTER TABLE `replays`.`traces_by_id_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the ids of events and spans to traces_by_id';

ALTER TABLE `replays`.`trace_spans_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the spans inside segments to trace_spans';

ALTER TABLE `replays`.`error_details_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the details of errors to error_details';

ALTER TABLE `replays`.`errors_by_issue_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies errors that have an issue to errors_by_issue';

ALTER TABLE `replays`.`issues_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the latest error of each issue and hash to issues';

ALTER TABLE `replays`.`issue_counts_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Counts the errors of each issue and hash in issue_counts';

ALTER TABLE `replays`.`issue_frames_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies the frames of errors to issue_frames';

ALTER TABLE `replays`.`issue_changes_from_records` ON CLUSTER 'main-1' MODIFY COMMENT 'Copies merges, splits and deletions to issue_changes';

-- Addresses of Sentry's pages as columns of the views for people. A view knows no settings: the command tables --apply writes those of
-- sentry.url into the view sentry_organizations, whose query is nothing but them. Until then it is empty, and so are the addresses.
CREATE VIEW IF NOT EXISTS `replays`.`sentry_organizations` ON CLUSTER 'main-1'
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
DROP VIEW IF EXISTS `replays`.`links` ON CLUSTER 'main-1';

CREATE VIEW IF NOT EXISTS `replays`.`links` ON CLUSTER 'main-1'
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
    FROM `replays`.`sentry_organizations` AS o
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
FROM `replays`.`replay_links` AS l FINAL
WHERE (l.`replay_id`, l.`replay_project_id`) GLOBAL NOT IN (SELECT a.`replay_id`, a.`project_id` FROM `replays`.`archived_replays` AS a)
COMMENT 'Links as they are now, without those of replays that users deleted: one row an event and its replay';

DROP VIEW IF EXISTS `replays`.`replays_readable` ON CLUSTER 'main-1';

CREATE VIEW IF NOT EXISTS `replays`.`replays_readable` ON CLUSTER 'main-1'
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
    FROM `replays`.`sentry_organizations` AS o
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
    FROM `replays`.`replays` AS s
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
    FROM `replays`.`replay_links` AS l FINAL
) AS r
GROUP BY r.`organization_id`, r.`day`, r.`project_id`, r.`replay_id`
-- A replay of which only retracted links are known is none.
HAVING max(r.`last_segment_id`) >= 0 OR countIf(r.`kind` != 0) > 0
COMMENT 'Replays with what is linked to them now: one row a replay, its project and the day on which it started';
