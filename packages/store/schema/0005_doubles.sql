-- Rows that two collectors stored in the same moment and that were taken out again, all but the owner's: the ledger
-- counts them as duplicates. One row an event and segment, however often it was noted.
CREATE TABLE IF NOT EXISTS doubles
(
  site    LowCardinality(String) COMMENT 'public key of the site',
  hour    DateTime('UTC') COMMENT 'hour of arrival of the row that was taken out',
  segment String COMMENT 'segment of the row that was taken out',
  id_hash UInt128 COMMENT 'sipHash128 of its event_id'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, hour, segment, id_hash)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
