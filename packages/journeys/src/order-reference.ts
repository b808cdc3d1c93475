import type { EventRow } from '@throughline/contract';
import { groupBy } from './testing.ts';

/**
 * The events that stand for an order, each with the order's revenue, for tests; the definition in orders.ts, sorted by
 * hand. Money is in EUR.
 */
export function ordersByDefinition(
  events: EventRow[],
  owner: (event: EventRow) => string,
): Map<EventRow, number> {
  const told = events.filter(({ name }) => name === 'order_completed');
  const worth = ({ currency, total }: EventRow) => (['', 'EUR'].includes(currency) ? (total ?? 0) : 0);
  return new Map(
    [...groupBy(told, ({ order_id, event_id }) => order_id || `event ${event_id}`).values()].map((same) => {
      const [stands] = same.toSorted(
        (a, b) =>
          Number(owner(b).startsWith('p_')) - Number(owner(a).startsWith('p_')) ||
          Number(isVisit(b)) - Number(isVisit(a)) ||
          Date.parse(a.time) - Date.parse(b.time) ||
          a.seq - b.seq ||
          (a.event_id < b.event_id ? -1 : 1),
      );
      return [stands!, Math.max(...same.map(worth))];
    }),
  );
}

/** Somebody was there, and no server that told of it on its own: see visit.ts. */
export const isVisit = ({ session_id, url, channel }: EventRow) =>
  session_id !== '' || url !== '' || (channel !== '' && channel !== 'unassigned');
