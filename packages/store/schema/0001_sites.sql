-- One shop. The newest version of a row counts; a removed site keeps its row with removed = 1.
CREATE TABLE IF NOT EXISTS sites
(
  site      String COMMENT 'public key, in data-site and /api/sites/:site',
  name      String COMMENT 'as the owner calls the shop',
  hosts     Array(String) COMMENT 'hosts whose pages may send events; empty: any',
  timezone  String COMMENT 'IANA zone of the dates in reports',
  currency  String COMMENT 'ISO 4217',
  settings  String COMMENT 'SiteSettings as JSON',
  removed   UInt8 DEFAULT 0 COMMENT '1: no longer accepts or shows anything',
  version   UInt64 COMMENT 'milliseconds of the change; the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY site;

-- Keys and dashboard sign-ins. Only hashes are kept.
CREATE TABLE IF NOT EXISTS keys
(
  hash       FixedString(64) COMMENT 'SHA-256 of the key, hex',
  kind       LowCardinality(String) COMMENT 'write, secret, sign_in (one-time link), session (dashboard cookie)',
  site       String COMMENT 'the site it opens; empty: all sites',
  created_at DateTime64(3, 'UTC') COMMENT 'when it was made',
  expires_at DateTime64(3, 'UTC') COMMENT 'no longer valid from here; 2100 for keys that do not expire',
  removed    UInt8 DEFAULT 0 COMMENT '1: revoked, or a one-time link that was used',
  version    UInt64 COMMENT 'milliseconds of the change; the highest counts'
)
ENGINE = ReplacingMergeTree(version)
ORDER BY hash;
