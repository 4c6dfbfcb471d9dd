-- One row a verdict on an event: it belongs to this replay. Read it with FINAL: of several rows with the same key the one with
-- the highest version counts, and a link that was taken back (is_deleted = 1) is gone.
--
-- Ids are FixedString and not UUID: ClickHouse sorts a UUID by its second half, and people look up by the first eight digits.
-- Random ids are stored as they are (CODEC(NONE)); those that repeat in the order of the key compress well.
-- A missing id is all zeros, a missing text is empty, a missing issue is 0: Nullable would cost a column of its own each.
-- All columns are functions of the record in Kafka, ingested_at included, so that a repeated insert is the same block.
CREATE TABLE IF NOT EXISTS ${database}.`replay_links`
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
ENGINE = ReplacingMergeTree(`version`, `is_deleted`)
PARTITION BY toYYYYMM(`replay_started_at`)
ORDER BY (`organization_id`, `replay_id`, `trace_id`, `event_id`)
TTL toDateTime(`replay_started_at`) + toIntervalDay(if(`retention_days` = 0, 90, `retention_days`))
-- The window makes a plain MergeTree drop a block that comes again with the same insert_deduplication_token.
-- Small granules and blocks, because readers come for the few rows of one replay, or of each of fifty.
SETTINGS index_granularity = 256, min_compress_block_size = 4096, non_replicated_deduplication_window = 1000;
