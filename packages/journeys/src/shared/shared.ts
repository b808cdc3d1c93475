import type { SharedDevicesView } from '@throughline/contract';
import { customersStatement, labelOf } from '../people/summary.ts';
import type { Reader, ReportContext } from '../reader.ts';
import { devicesStatement, handsStatement, sharedStatement } from './statement.ts';

/**
 * `GET …/shared-devices`: the visitors that several customers were identified on, and what the rules made of them.
 * `customers_max`: the site's `visitor_customers_max`.
 */
export async function runSharedDevices(
  reader: Reader,
  context: ReportContext,
  customers_max: number,
): Promise<SharedDevicesView> {
  const [[sums], devices] = await Promise.all([
    reader.query(sharedStatement(context, customers_max)),
    reader.query(devicesStatement(context)),
  ]);
  const visitors = devices.map(({ visitor_id }) => visitor_id);
  const hands = visitors.length === 0 ? [] : await reader.query(handsStatement(context, visitors));
  const ids = [...new Set(hands.map(({ person_id }) => person_id))].filter((id) => id.startsWith('p_'));
  const customers = ids.length === 0 ? [] : await reader.query(customersStatement(context, ids));
  const labels = new Map(customers.map((row) => [row.person_id, labelOf(row)]));
  return {
    ...(sums ?? { known: 0, shared: 0, public: 0, people: 0 }),
    devices: devices.map(({ visitor_id, held_by, rules }) => {
      const own = hands.filter((hand) => hand.visitor_id === visitor_id);
      return {
        visitor_id,
        device: own.find(({ device }) => device !== '')?.device ?? '',
        public: held_by > customers_max,
        last_seen: own.reduce((last, hand) => (hand.last_seen > last ? hand.last_seen : last), ''),
        people: own.map(({ person_id, events }) => ({
          id: person_id,
          label: labels.get(person_id) ?? '',
          known: person_id.startsWith('p_'),
          events,
        })),
        rules,
      };
    }),
  };
}
