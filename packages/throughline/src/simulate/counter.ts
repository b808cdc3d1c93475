import type { Persona } from './persona.ts';
import type { Random } from './random.ts';
import { newOrder } from './trade.ts';
import { record, type World } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const GAP_DAYS = 30;
/** Buyers at a counter who give their phone number or e-mail address for the points. */
const SAYS_WHO = 0.6;

const STORES: Readonly<Record<string, string>> = { 'Hà Nội': 'hang-gai', 'TP. Hồ Chí Minh': 'thao-dien' };

/**
 * Purchases at the counter of the store in one's city. Each till is one anonymous id for all its buyers, as careless
 * set-ups have it; some buyers say who they are, the others do not.
 */
export function buyAtCounter(world: World, random: Random, persona: Persona): void {
  const store = STORES[persona.city];
  if (store === undefined || !random.chance(world.troubles.counter)) return;
  let time = world.calendar.moment(random);
  for (let more = random.int(1, 4); more > 0 && time < world.calendar.end; more -= 1) {
    const product = random.pick(world.products);
    const cart = {
      token: '',
      persona: persona.number,
      opened: time,
      items: [{ product, quantity: 1 }],
      state: 'ordered' as const,
    };
    const order = newOrder(cart, time, {
      guest: true,
      currency: world.currency,
      shipping: { free_from: 0, fee: 0 },
    });
    world.orders.push(order);
    const who = random.chance(0.7) ? { phone: persona.phone } : { email: persona.email };
    record(world, {
      time,
      persona: persona.number,
      type: 'track',
      name: 'order_completed',
      visitor: `till-${store}-${random.int(1, 2)}`,
      order,
      properties: { store, ...(random.chance(SAYS_WHO) ? who : {}) },
    });
    time = world.calendar.hourOn(time + random.waiting(GAP_DAYS) * DAY_MS, random);
  }
}
