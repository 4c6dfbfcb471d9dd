-- Which migrations this database has. A migration that is written down twice (two workers at once) counts once.
CREATE TABLE IF NOT EXISTS ${database}.`replay_linker_migrations`
(
    `version`    UInt32,
    `name`       String,
    `checksum`   String COMMENT 'SHA-256 of the file as shipped, in hex',
    `applied_at` DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
ORDER BY `version`;
