-- When people were erased: a collector does not load a kept segment again that is older, for it may tell of them.
CREATE TABLE IF NOT EXISTS erasures
(
  site      String COMMENT 'public key of the site',
  erased_at DateTime64(3, 'UTC') COMMENT 'when it was done'
)
ENGINE = MergeTree
ORDER BY (site, erased_at)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
