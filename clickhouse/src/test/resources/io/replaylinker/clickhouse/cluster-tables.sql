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
