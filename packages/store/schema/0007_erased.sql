-- Hashes of what named erased people, for as long as another collector may still hold what it recorded of them before
-- the erasure: it takes those events out again after it has loaded them.
CREATE TABLE IF NOT EXISTS erased
(
  site      String COMMENT 'public key of the site',
  mark      String COMMENT 'sipHash128 of a visitor id, or of an identifier''s kind and value',
  erased_at DateTime64(3, 'UTC') COMMENT 'when it was asked for'
)
ENGINE = MergeTree
ORDER BY (site, erased_at)
TTL toDateTime(erased_at) + INTERVAL 7 DAY
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
