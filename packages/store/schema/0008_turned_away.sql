-- Why an event was not stored, by the id that its sender gave it: for developers who ask what became of it. The ledger
-- counts all of them; here are a thousand of a segment at most, for a week.
CREATE TABLE IF NOT EXISTS turned_away
(
  site        String COMMENT 'public key of the site',
  event_id    String COMMENT 'as the event would have had it',
  reason      LowCardinality(String) COMMENT 'a reason to refuse; or duplicate: an event of this id counts already',
  field       String COMMENT 'place in what was sent; empty for the whole of it',
  received_at DateTime64(3, 'UTC') COMMENT 'when it arrived'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, event_id, received_at, reason)
TTL toDateTime(received_at) + INTERVAL 7 DAY;
