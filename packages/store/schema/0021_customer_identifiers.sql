-- Customers found by identifier, so that looking one up does not read all customers of the site. Rows of people who no
-- longer carry the identifier stay; whoever reads them asks customers as well.
CREATE TABLE IF NOT EXISTS customer_identifiers
(
  site      LowCardinality(String) COMMENT 'public key of the site',
  kind      LowCardinality(String) COMMENT 'kind of identifier',
  value     String COMMENT 'its value, as in links',
  person_id String COMMENT 'a customer who carried it'
)
ENGINE = ReplacingMergeTree
ORDER BY (site, kind, value, person_id)
SETTINGS index_granularity = 512, fsync_after_insert = 1, fsync_part_directory = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS customers_by_identifier TO customer_identifiers AS
SELECT site, identifier.1 AS kind, identifier.2 AS value, person_id
FROM customers
ARRAY JOIN identifiers AS identifier;

INSERT INTO customer_identifiers
SELECT site, identifier.1, identifier.2, person_id
FROM customers
ARRAY JOIN identifiers AS identifier;
