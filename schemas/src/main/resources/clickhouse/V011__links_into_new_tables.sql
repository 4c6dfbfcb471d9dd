-- Links that were there before the views: put into their own table once more, they pass by every view and are, by their version,
-- the rows that they were. Repeated after it was cut off, it changes nothing either. In a cluster each shard does its own.
INSERT INTO ${database}.`replay_links` SELECT * FROM ${database}.`replay_links`
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;
