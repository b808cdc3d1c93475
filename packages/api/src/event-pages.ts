import type { EventRow } from '@throughline/contract';
import type { Store } from '@throughline/store';

const PAGE_ROWS = 10_000;

/** The events of a site in the order of the table's key, a page at a time: by day, visitor, time, seq. */
export async function* eventPages(
  store: Store,
  site: string,
  { from, to }: { from: Date | undefined; to: Date | undefined },
): AsyncGenerator<EventRow[], undefined> {
  const range = {
    site,
    from: from ?? new Date(0),
    to: to ?? new Date('2100-01-01T00:00:00Z'),
    rows: PAGE_ROWS,
  };
  let last: EventRow | undefined;
  for (;;) {
    const page: EventRow[] = await store.query<EventRow>(
      last === undefined ? firstPage(range) : nextPage(range, last),
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE_ROWS) return undefined;
    last = page.at(-1);
  }
}

interface Range {
  site: string;
  from: Date;
  to: Date;
  rows: number;
}

const ORDER = 'toDate(time), visitor_id, time, seq, event_id';

const firstPage = (params: Range) => ({
  sql: `
    SELECT * FROM events
    WHERE site = {site:String} AND time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')}
    ORDER BY ${ORDER} LIMIT {rows:UInt32}`,
  params: { ...params },
});

/** The first condition on the day is what the primary key understands; the tuple then finds the place in the day. */
const nextPage = (range: Range, { time, visitor_id, seq, event_id }: EventRow) => ({
  sql: `
    SELECT * FROM events
    WHERE site = {site:String} AND time >= {from:DateTime64(3, 'UTC')} AND time < {to:DateTime64(3, 'UTC')}
      AND toDate(time) >= toDate({time:DateTime64(3, 'UTC')})
      AND (${ORDER}) > (toDate({time:DateTime64(3, 'UTC')}), {visitor:String}, {time:DateTime64(3, 'UTC')}, {seq:UInt32}, {event_id:String})
    ORDER BY ${ORDER} LIMIT {rows:UInt32}`,
  params: { ...range, time, visitor: visitor_id, seq, event_id },
});
