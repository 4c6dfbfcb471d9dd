-- Links that were inserted while V013 and V014 made views anew: as V011 does, all are inserted once more and are, by their version, the rows
-- that they were.
INSERT INTO ${database}.`replay_links` SELECT * FROM ${database}.`replay_links`
SETTINGS insert_deduplicate = 0, max_partitions_per_insert_block = 0, parallel_distributed_insert_select = 2;
