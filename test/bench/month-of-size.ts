import type { Store } from '@throughline/store';

export interface MonthSize {
  events: number;
  visits: number;
}

/** First day and the day after the last one, of the bench's events. */
export const MONTH = { from: '2026-06-01', to: '2026-06-29' } as const;

const DAYS = 28;
/** Rows of one insert, so that parts are as a collector leaves them. */
const CHUNK = 1_000_000;

/**
 * Fills site `bench` with 28 days of visits, each in a browser of its own: page views and what leads to orders, three in five told
 * by the server too. Every browser is somebody's, two a customer; one in ten changes hands in the middle of its visit.
 */
export async function fillMonth(store: Store, { events, visits }: MonthSize): Promise<void> {
  const id = (of: string) => `substring(base64Encode(sipHash128Reference(${of})::String), 1, 20)`;
  for (let from = 0; from < events; from += CHUNK) {
    await store.run({
      sql: `INSERT INTO events (site, event_id, visitor_id, session_id, session_started_at, time, received_at, seq,
          name, source, url, path, channel, device, country, order_id, currency, total, segment)
        SELECT 'bench', ${id('number')}, concat('v', ${id('visit')}), substring(${id('(visit, 1)')}, 1, 12), began, time, time, nth,
          name, 'tag', concat('https://shop.example/', path), path,
          ['direct', 'organic_search', 'paid_search', 'email', 'paid_social'][1 + sipHash64(visit) % 5],
          ['mobile', 'desktop'][1 + visit % 2], 'VN',
          if(name = 'order_completed', concat('o', toString(number)), ''), 'VND',
          if(name = 'order_completed', 100000 + number % 900000, NULL), 'bench'
        FROM (
          SELECT number, number % {visits:UInt64} AS visit, intDiv(number, {visits:UInt64}) AS nth, intHash32(number * 13) % 1000 AS draw,
            toDateTime64('2026-06-01', 3, 'UTC') + sipHash64(visit, 2) % (${DAYS} * 86400 - 3600) AS began,
            began + nth * 40 + intHash32(number * 7) % 30 AS time,
            multiIf(draw < 600, 'page_viewed', draw < 830, 'product_viewed', draw < 900, 'cart_added', draw < 930, 'checkout_started',
              draw < 935, 'order_completed', draw < 970, 'search', 'page_engaged') AS name,
            concat('/', toString(intHash32(number) % 500)) AS path
          FROM numbers({from:UInt64}, {rows:UInt64})
        )`,
      params: { visits, from, rows: Math.min(CHUNK, events - from) },
    });
  }
  await store.run({
    sql: `INSERT INTO events (site, event_id, visitor_id, session_started_at, time, received_at, name, source, order_id, currency, total, segment)
      SELECT 'bench', concat(event_id, '-s'), concat('s_', visitor_id), time, time + 3, time, 'order_completed', 'server', order_id, 'VND', total, 'bench'
      FROM events WHERE name = 'order_completed' AND source = 'tag' AND sipHash64(event_id) % 5 < 3`,
  });
  const person = `concat('p_', lpad(lower(hex(sipHash64(intDiv(number, 2)))), 24, '0'))`;
  const other = `concat('p_', lpad(lower(hex(sipHash64(number, 'other'))), 24, '0'))`;
  await store.run({
    sql: `INSERT INTO assignments
      SELECT 'bench', concat('v', ${id('number')}),
        if(number % 10 = 0,
          [(toDateTime64('2026-01-01', 3, 'UTC'), ${person}, 'identified_later', 'e'),
           (toDateTime64('2026-06-01', 3, 'UTC') + sipHash64(number, 2) % (${DAYS} * 86400 - 3600) + 200, ${other}, 'identified_in_session', 'f')],
          [(toDateTime64('2026-01-01', 3, 'UTC'), ${person}, 'identified_later', 'e')]), 1
      FROM numbers({visits:UInt64})`,
    params: { visits },
  });
}
