-- Stitching that is owed: written before facts or rules change by hand, and done = 1 when everything derived from them is
-- stored. What a crash left undone is found here at the next start. The loader needs none: its segment stays.
CREATE TABLE IF NOT EXISTS owed_stitches
(
  site        LowCardinality(String) COMMENT 'public key of the site',
  id          String COMMENT 'of the debt',
  visitors    Array(String) COMMENT 'whom to resolve again',
  identifiers Array(Tuple(kind String, value String)) COMMENT 'whom to resolve again',
  everybody   UInt8 DEFAULT 0 COMMENT '1: all of the site, because its rules changed',
  done        UInt8 DEFAULT 0 COMMENT '1: paid',
  version     UInt64 COMMENT 'the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site, id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;
