-- Evidence: which visitor named which identifiers, when, by which event. Facts, never rewritten.
CREATE TABLE IF NOT EXISTS links
(
  site               LowCardinality(String) COMMENT 'public key of the site',
  event_id           String COMMENT 'the event it was read from, or an operator''s own id',
  kind               LowCardinality(String) COMMENT 'identify, alias, logout, join, cut',
  visitor_id         String COMMENT 'empty for an operator''s join or cut',
  session_id         String COMMENT 'session of the event',
  session_started_at DateTime64(3, 'UTC') COMMENT 'start of that session',
  time               DateTime64(3, 'UTC') COMMENT 'when it happened',
  seq                UInt32 COMMENT 'orders facts of one millisecond',
  identifiers        Array(Tuple(kind String, value String)) COMMENT 'who was named; e-mail and phone as SHA-256',
  traits             Map(String, String) COMMENT 'traits told with it',
  proven             UInt8 COMMENT '1: signed, from a server, or no proof asked',
  source             LowCardinality(String) COMMENT 'tag, server, import, webhook, operator',
  author             String COMMENT 'operator; empty for recorded events',
  reason             String COMMENT 'operator''s reason',
  target             String COMMENT 'for cut: event_id of the link it takes back',
  segment            LowCardinality(String) COMMENT 'spool segment it came in'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, visitor_id, event_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;

-- The same links found by identifier. Filled by the view below, read when a person is resolved.
CREATE TABLE IF NOT EXISTS link_identifiers
(
  site       LowCardinality(String) COMMENT 'public key of the site',
  kind       LowCardinality(String) COMMENT 'kind of identifier',
  value      String COMMENT 'its value, as in links',
  visitor_id String COMMENT 'visitor of the link',
  event_id   String COMMENT 'event_id of the link'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, kind, value, visitor_id, event_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS links_by_identifier TO link_identifiers AS
SELECT site, identifier.1 AS kind, identifier.2 AS value, visitor_id, event_id
FROM links
ARRAY JOIN identifiers AS identifier;

-- What the resolver says of each visitor that has links: derived from links alone, replaced as a whole.
CREATE TABLE IF NOT EXISTS assignments
(
  site       LowCardinality(String) COMMENT 'public key of the site',
  visitor_id String COMMENT 'the visitor',
  spans      Array(Tuple(from DateTime64(3, 'UTC'), person_id String, rule String, evidence String)) COMMENT 'sorted by from; person_id empty: nobody',
  version    UInt64 COMMENT 'microseconds at which the facts were read; the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site, visitor_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;

-- The known people, derived from links alone. A person that was joined into another keeps a row with
-- gone = 1 and the name of the other, so that an old address still finds them.
CREATE TABLE IF NOT EXISTS customers
(
  site                LowCardinality(String) COMMENT 'public key of the site',
  person_id           String COMMENT 'p_ and 24 hex characters',
  identifiers         Array(Tuple(kind String, value String)) COMMENT 'all that name this person',
  traits              Map(String, String) COMMENT 'latest value of each trait',
  first_identified_at DateTime64(3, 'UTC') COMMENT 'time of the first link',
  last_identified_at  DateTime64(3, 'UTC') COMMENT 'time of the last link',
  gone                UInt8 DEFAULT 0 COMMENT '1: no longer a person of its own',
  successor           String DEFAULT '' COMMENT 'for gone: the person it became part of',
  version             UInt64 COMMENT 'microseconds at which the facts were read; the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (site, person_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;
