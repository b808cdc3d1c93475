import type { Store } from '@throughline/store';

export interface Size {
  events: number;
  visitors: number;
  /** Share of the visitors who are somebody's; each customer has two. */
  identified: number;
}

/** First day and the day after the last one, of the bench's events. */
export const RANGE = { from: '2026-06-01', to: '2026-08-30' } as const;

/**
 * Fills site `bench` with 90 days of visits of five events: page views and what leads to orders, each order told by the browser and, for three in five,
 * by the server too. Adds the column `person_id` to events and puts there what the assignments say, so that a report can be
 * asked both ways of the very same rows.
 */
export async function fillShop(store: Store, { events, visitors, identified }: Size): Promise<void> {
  const params = { events, visitors, known: Math.round(visitors * identified) };
  await store.run({ sql: 'ALTER TABLE events ADD COLUMN IF NOT EXISTS person_id String' });
  const person = (visitor: string) =>
    `if(${visitor} < {known:UInt64}, concat('p_', lpad(hex(sipHash64(intDiv(${visitor}, 2))), 24, '0')), concat('v', hex(sipHash64(${visitor}))))`;
  await store.run({
    sql: `INSERT INTO events (site, event_id, visitor_id, person_id, session_id, session_started_at, time, received_at, seq,
        name, source, url, path, channel, device, country, order_id, currency, total, segment)
      SELECT 'bench', hex(sipHash128(number)), concat('v', hex(sipHash64(visitor))), ${person('visitor')},
        concat(lower(hex(toUnixTimestamp64Milli(began))), '.', hex(visitor)), began, time, time, number % 1048576, name,
        'tag', concat('https://shop.example/', path), path,
        ['direct', 'organic_search', 'paid_search', 'email'][1 + visitor % 4],
        ['mobile', 'desktop'][1 + visitor % 2], 'VN',
        if(name = 'order_completed', concat('o', toString(number)), ''), 'VND',
        if(name = 'order_completed', 100000 + number % 900000, NULL), 'bench'
      FROM (
        SELECT number, number % {visitors:UInt64} AS visitor, intDiv(number, {visitors:UInt64}) AS nth, intHash32(number * 13) % 100 AS draw,
          toDateTime64('2026-06-01', 3, 'UTC') + intHash64(visitor * 1000 + intDiv(nth, 5)) % (90 * 86400 - 3600) AS began,
          began + (nth % 5) * 40 + intHash32(number * 7) % 30 AS time,
          multiIf(draw < 56, 'page_viewed', draw < 79, 'product_viewed', draw < 88, 'cart_added', draw < 92, 'checkout_started',
            draw < 94, 'order_completed', draw < 97, 'search', 'login') AS name,
          concat('/', toString(intHash32(number) % 500)) AS path
        FROM numbers({events:UInt64})
      )`,
    params,
  });
  // The server tells most orders again, as a visitor of the customer's own or as a stranger.
  await store.run({
    sql: `INSERT INTO events (site, event_id, visitor_id, person_id, session_started_at, time, received_at, name, source, order_id, currency, total, segment)
      SELECT 'bench', concat(event_id, '-s'), concat('s_', person_id), person_id, time, time + 3, time, 'order_completed', 'server', order_id,
        'VND', total, 'bench'
      FROM events WHERE name = 'order_completed' AND source = 'tag' AND sipHash64(event_id) % 5 < 3`,
  });
  await store.run({
    sql: `INSERT INTO assignments
      SELECT 'bench', concat('v', hex(sipHash64(number))),
        if(number % 10 = 0,
          [(toDateTime64('2026-01-01', 3, 'UTC'), ${person('number')}, 'identified_later', 'e'),
           (toDateTime64('2026-07-01', 3, 'UTC'), ${person('number')}, 'identified_in_session', 'e'),
           (toDateTime64('2026-07-01 00:30:00', 3, 'UTC'), ${person('number')}, 'identified_before', 'e')],
          [(toDateTime64('2026-01-01', 3, 'UTC'), ${person('number')}, 'identified_later', 'e')]), 1
      FROM numbers({known:UInt64})`,
    params,
  });
  await store.run({
    sql: `INSERT INTO assignments
      SELECT DISTINCT 'bench', visitor_id, [(toDateTime64('2026-01-01', 3, 'UTC'), person_id, 'identified_in_session', 'e')], 1
      FROM events WHERE source = 'server' AND startsWith(person_id, 'p_')`,
  });
  // A server's visitor of a stranger is another stranger.
  await store.run({
    sql: `ALTER TABLE events UPDATE person_id = visitor_id WHERE source = 'server' AND NOT startsWith(person_id, 'p_')
      SETTINGS mutations_sync = 2`,
  });
  await store.run({ sql: 'OPTIMIZE TABLE events FINAL' });
  await store.run({ sql: 'OPTIMIZE TABLE assignments FINAL' });
}
