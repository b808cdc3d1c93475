-- The recorded facts. Never rewritten. Counted once because the loader asks event_ids before it
-- inserts; sorted for reports, which read a site's days and group by visitor.
CREATE TABLE IF NOT EXISTS events
(
  site               LowCardinality(String) COMMENT 'public key of the site',
  event_id           String COMMENT 'made by the sender; the same id counts once per site',
  visitor_id         String COMMENT 'browser profile or server-side anonymous id; never starts with p_',
  session_id         String COMMENT 'empty when the sender knows no sessions',
  session_started_at DateTime64(3, 'UTC') COMMENT 'start of the session, corrected like time',
  time               DateTime64(3, 'UTC') COMMENT 'when it happened: the client clock corrected by sent_at against the arrival',
  received_at        DateTime64(3, 'UTC') COMMENT 'when the collector got it',
  seq                UInt32 COMMENT 'per visitor; orders events of one millisecond; below 2^20',
  name               LowCardinality(String) COMMENT 'canonical or custom event name',
  source             LowCardinality(String) COMMENT 'tag, pixel, server, import, webhook',
  reader             LowCardinality(String) COMMENT 'which part of the tag, or which API call, saw it',
  url                String COMMENT 'page address, query parameters by allow-list' CODEC(ZSTD(1)),
  host               LowCardinality(String) COMMENT 'host of url',
  path               String COMMENT 'path of url' CODEC(ZSTD(1)),
  title              String COMMENT 'document title' CODEC(ZSTD(1)),
  referrer           String COMMENT 'document.referrer' CODEC(ZSTD(1)),
  referrer_host      LowCardinality(String) COMMENT 'host of the referrer of the session''s first page',
  channel            LowCardinality(String) COMMENT 'channel group of the session''s first page',
  utm_source         LowCardinality(String) COMMENT 'of the session''s first page',
  utm_medium         LowCardinality(String) COMMENT 'of the session''s first page',
  utm_campaign       LowCardinality(String) COMMENT 'of the session''s first page',
  utm_term           String COMMENT 'of the session''s first page',
  utm_content        String COMMENT 'of the session''s first page',
  click_id           LowCardinality(String) COMMENT 'name of the click id parameter on the first page: gclid, fbclid, …',
  device             LowCardinality(String) COMMENT 'desktop, mobile, tablet, tv, …; empty: unknown',
  browser            LowCardinality(String) COMMENT 'browser family',
  os                 LowCardinality(String) COMMENT 'operating system',
  country            LowCardinality(String) COMMENT 'ISO 3166-1 alpha-2, from the address, which is not kept',
  is_bot             UInt8 COMMENT '1: a robot by its user agent; left out of reports',
  order_id           String COMMENT 'one order counts once per order_id',
  cart_token         String COMMENT 'the shop platform''s cart id',
  currency           LowCardinality(String) COMMENT 'ISO 4217 of the money columns',
  total              Nullable(Decimal(18, 4)) COMMENT 'what the customer pays, tax and shipping included',
  subtotal           Nullable(Decimal(18, 4)) COMMENT 'goods before discount, tax and shipping',
  discount           Nullable(Decimal(18, 4)) COMMENT 'taken off, positive',
  tax                Nullable(Decimal(18, 4)) COMMENT 'tax in total',
  shipping           Nullable(Decimal(18, 4)) COMMENT 'shipping in total',
  products           Nested
  (
    product_id String,
    variant_id String,
    sku        String,
    name       String,
    brand      LowCardinality(String),
    category   LowCardinality(String),
    price      Decimal(18, 4),
    quantity   UInt32
  ) COMMENT 'one entry a product of the event',
  properties         Map(LowCardinality(String), String) COMMENT 'every other property, flattened with dots, as text',
  segment            LowCardinality(String) COMMENT 'spool segment it came in',
  segment_seq        UInt32 COMMENT 'place in the segment',
  INDEX segment_set segment TYPE set(64) GRANULARITY 8,
  INDEX session_bloom session_id TYPE bloom_filter GRANULARITY 4,
  INDEX visitor_bloom visitor_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(time)
ORDER BY (site, toDate(time), visitor_id, time, seq, event_id)
SETTINGS non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;

-- Who has been counted: asked before every insert into events. The first segment to name an id owns it.
-- No part of the key depends on the arrival, so the same event sent again always meets its own row.
CREATE TABLE IF NOT EXISTS event_ids
(
  site     LowCardinality(String) COMMENT 'public key of the site',
  event_id String EPHEMERAL COMMENT 'given on insert, not stored: id_hash is made of it',
  -- No codec makes hashes smaller. Asking for 10,000 ids among 6,000,000: 145 ms of CPU, 190 ms with LZ4.
  id_hash  UInt128 DEFAULT reinterpretAsUInt128(sipHash128(event_id)) COMMENT 'sipHash128 of event_id' CODEC(NONE),
  segment  LowCardinality(String) COMMENT 'segment whose row is the one that counts'
)
ENGINE = MergeTree
ORDER BY (site, id_hash, segment)
SETTINGS index_granularity = 1024, non_replicated_deduplication_window = 10000, fsync_after_insert = 1, fsync_part_directory = 1;
