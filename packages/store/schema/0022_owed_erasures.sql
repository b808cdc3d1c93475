-- Erasures that are owed: written before the first row of a person is deleted, and deleted when the last one is. What a crash
-- left undone is found here at the next start.
CREATE TABLE IF NOT EXISTS owed_erasures
(
  site        LowCardinality(String) COMMENT 'public key of the site',
  id          String COMMENT 'of the erasure',
  person      String COMMENT 'person id of a customer, or visitor id of a stranger',
  visitors    Array(String) COMMENT 'whom to resolve again afterwards',
  identifiers Array(Tuple(kind String, value String)) COMMENT 'whom to resolve again afterwards',
  owed_at     DateTime64(3, 'UTC') DEFAULT now64(3) COMMENT 'when it was asked for'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;
