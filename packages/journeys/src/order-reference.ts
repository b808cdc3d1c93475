import type { EventRow } from '@throughline/contract';
import { groupBy } from './testing.ts';

/**
 * The events that stand for an order, each with the order as a whole (the event with what all tellings say), for
 * tests; the definitions in orders.ts and telling.ts, sorted by hand.
 */
export function wholeOrders(events: EventRow[], owner: (event: EventRow) => string): Map<EventRow, EventRow> {
  const told = events.filter(({ name }) => name === 'order_completed');
  return new Map(
    [...groupBy(told, ({ order_id, event_id }) => order_id || `event ${event_id}`).values()].map((same) => {
      const [stands] = same.toSorted(
        (a, b) =>
          Number(owner(b).startsWith('p_')) - Number(owner(a).startsWith('p_')) ||
          Number(isVisit(b)) - Number(isVisit(a)) ||
          earlier(a, b),
      );
      return [stands!, wholeOf(stands!, same)];
    }),
  );
}

/** The same with the revenue alone. Money is in EUR. */
export function ordersByDefinition(
  events: EventRow[],
  owner: (event: EventRow) => string,
): Map<EventRow, number> {
  return new Map(
    [...wholeOrders(events, owner)].map(([stands, { currency, total }]) => [
      stands,
      ['', 'EUR'].includes(currency) ? (total ?? 0) : 0,
    ]),
  );
}

const SOURCES = ['webhook', 'server', 'import', 'tag', 'pixel'];
const AMOUNTS = ['total', 'subtotal', 'discount', 'tax', 'shipping'] as const;

function wholeOf(stands: EventRow, same: EventRow[]): EventRow {
  if (same.length === 1) return stands;
  const richness = (event: EventRow) =>
    AMOUNTS.filter((name) => event[name] !== null).length +
    Number(event.currency !== '') +
    Number(event['products.product_id'].length > 0);
  const place = ({ source }: EventRow) =>
    SOURCES.includes(source) ? SOURCES.indexOf(source) : SOURCES.length;
  const richest = same.toSorted((a, b) => richness(b) - richness(a) || place(a) - place(b) || earlier(a, b));
  const currency = richest.find((one) => one.currency !== '')?.currency ?? '';
  const whole = { ...stands, currency };
  for (const name of AMOUNTS) {
    const has = richest.filter((one) => one[name] !== null);
    const taken = has.find((one) => one.currency === currency) ?? has.find((one) => one.currency === '');
    whole[name] = taken?.[name] ?? null;
  }
  const goods = richest.find((one) => one['products.product_id'].length > 0);
  whole['products.product_id'] = goods?.['products.product_id'] ?? [];
  whole.properties = Object.assign(
    {},
    ...richest
      .toReversed()
      .map(({ properties }) =>
        Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== '')),
      ),
  );
  return whole;
}

const earlier = (a: EventRow, b: EventRow) =>
  Date.parse(a.time) - Date.parse(b.time) || a.seq - b.seq || (a.event_id < b.event_id ? -1 : 1);

/** Somebody was there, and no server that told of it on its own: see visit.ts. */
export const isVisit = ({ session_id, url, channel }: EventRow) =>
  session_id !== '' || url !== '' || (channel !== '' && channel !== 'unassigned');
