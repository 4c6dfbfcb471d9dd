-- Users with the least that each needs, for the database replay_linker. Put in your own passwords; run it as an admin.
-- A test runs the commands and the sink with exactly these grants.

-- Makes and migrates the tables (replay-linker tables --apply). Keep it: the views run with the rights of the user who made them.
CREATE USER IF NOT EXISTS replay_linker_owner IDENTIFIED WITH sha256_password BY 'change-me-1';
GRANT CREATE DATABASE, CREATE TABLE, CREATE VIEW, ALTER TABLE, DROP VIEW, SELECT, INSERT ON replay_linker.* TO replay_linker_owner;
GRANT TABLE ENGINE ON * TO replay_linker_owner;

-- The worker (role sink).
CREATE USER IF NOT EXISTS replay_linker_writer IDENTIFIED WITH sha256_password BY 'change-me-2';
GRANT SELECT, INSERT ON replay_linker.* TO replay_linker_writer;

-- People and dashboards: lookup, coverage, why, trace, error, issues, the status page, SQL of docs/queries.md. And reprocess, which writes to Kafka alone.
CREATE USER IF NOT EXISTS replay_linker_reader IDENTIFIED WITH sha256_password BY 'change-me-3';
GRANT SELECT ON replay_linker.* TO replay_linker_reader;
