-- What became of every event that arrived: one row per segment, site and hour of arrival.
-- received = stored + duplicates + the sum of refused; waiting events are still in the spool.
CREATE TABLE IF NOT EXISTS ledger
(
  site       LowCardinality(String) COMMENT 'public key; empty: the site is unknown',
  hour       DateTime('UTC') COMMENT 'hour of arrival',
  segment    String COMMENT 'spool segment',
  stored     UInt64 COMMENT 'rows in events',
  duplicates UInt64 COMMENT 'same event_id stored before',
  refused    Map(String, UInt64) COMMENT 'events refused, by reason',
  version    UInt64 COMMENT 'the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site, hour, segment)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
