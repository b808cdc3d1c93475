import type { Product } from './catalogue.ts';
import type { Device } from './device.ts';
import type { Persona } from './persona.ts';
import { type Cart, type Order, productsOf } from './trade.ts';
import type { Visit } from './visit.ts';
import { record } from './world.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** A visit that is going to be. */
export interface Plan {
  persona: Persona;
  time: number;
  why: 'browse' | 'buy' | 'recovery' | 'status' | 'survey';
  /** Any of the persona's when absent. */
  device?: Device;
  /** For `buy`. */
  product?: Product;
  /** For `status` and `survey`. */
  order?: Order;
  /** 0 to 10, for `survey`. */
  score?: number;
}

/**
 * Who the shop's server says it was: the account if there is one, else an id of the server's own, with the e-mail
 * address said the first time.
 */
function knownAs({ persona, world, now }: Visit) {
  if (persona.user_id !== undefined) return { user_id: persona.user_id };
  const visitor = `mail-${persona.number}`;
  if (!persona.mailed) {
    persona.mailed = true;
    const traits = { email: persona.email };
    record(world, { time: now, persona: persona.number, type: 'identify', visitor, traits });
  }
  return { visitor };
}

/** The e-mails about a cart left behind: opened by some, clicked by fewer. */
export function askAgain(visit: Visit, cart: Cart): Plan[] {
  const { persona, random, world } = visit;
  if (!persona.reachable || !random.chance(0.45)) return [];
  const who = knownAs(visit);
  const opened = visit.now + Math.round(random.between(4 * HOUR_MS, 30 * HOUR_MS));
  const campaign = { campaign: 'gio-hang-bo-quen' };
  const mail = { persona: persona.number, type: 'track', ...who, cart } as const;
  record(world, { ...mail, time: opened, name: 'email_opened', properties: campaign });
  if (!random.chance(0.5)) return [];
  const clicked = opened + random.int(5_000, 90_000);
  record(world, {
    ...mail,
    time: clicked,
    name: 'email_clicked',
    properties: campaign,
  });
  return [{ persona, time: clicked + random.int(900, 4_000), why: 'recovery' }];
}

/** What follows an order: a survey, sometimes a call, a refund, a look into the store, a review. */
export function afterOrder(visit: Visit, order: Order): Plan[] {
  const { persona, random, world } = visit;
  const who = knownAs(visit);
  const told = { persona: persona.number, type: 'track', ...who } as const;
  const after = (fewest: number, most: number) =>
    visit.now + Math.round(random.between(fewest, most) * DAY_MS);

  if (random.chance(0.08)) {
    persona.annoyance += 1;
    const reason = random.pick(['giao-cham', 'doi-hang', 'hoi-cach-dung']);
    record(world, {
      ...told,
      time: after(1, 6),
      name: 'support_contact',
      properties: { medium: 'phone', reason },
    });
  }
  if (random.chance(persona.annoyance > 1 ? 0.12 : 0.035)) {
    const time = after(3, 15);
    if (time < world.calendar.end) {
      order.refunded = true;
      persona.annoyance += 1;
      record(world, {
        ...told,
        time,
        name: 'order_refunded',
        order,
        properties: { reason: 'hang-vo' },
      });
    }
  }
  if ((persona.city === 'Hà Nội' || persona.city === 'TP. Hồ Chí Minh') && random.chance(0.1)) {
    const store = persona.city === 'Hà Nội' ? 'Hàng Gai' : 'Thảo Điền';
    record(world, { ...told, time: after(5, 40), name: 'store_visit', properties: { store } });
  }
  if (random.chance(0.06)) {
    const rating = Math.max(1, Math.min(5, 5 - persona.annoyance + random.int(-1, 0)));
    const [first] = productsOf(order.items);
    record(world, {
      ...told,
      time: after(7, 25),
      name: 'review_submitted',
      properties: { ...first, rating },
    });
  }
  const later: Plan[] = [];
  if (random.chance(0.55)) later.push({ persona, time: after(0.3, 3), why: 'status', order });
  if (random.chance(0.24)) {
    const mood = 9.4 - 2.2 * persona.annoyance + random.between(-2, 1.4);
    const score = Math.max(0, Math.min(10, Math.round(mood)));
    later.push({ persona, time: after(4, 8), why: 'survey', order, score });
  }
  return later;
}
