import { logIn, signUp, spelled } from './account.ts';
import { friction } from './browse.ts';
import { type Cart, newOrder, type Order, productsOf } from './trade.ts';
import type { Visit } from './visit.ts';
import { record } from './world.ts';

/** One browser in thirty never sends its purchase: an ad blocker, a closed tab. The server's call still does. */
const UNSEEN = 0.03;

/** The trouble of the story: for these days the wallet's page fails on iPhones, and buyers leave there. */
const OUTAGE = { from: 0.62, to: 0.7 };

/** Walks from the cart to the order. Returns it, or nothing when the buyer left on the way. */
export function checkOut(visit: Visit, cart: Cart, resolve: number): Order | undefined {
  const { random, persona, world, device } = visit;
  const products = productsOf(cart.items);
  visit.open('/thanh-toan');
  visit.track('checkout_started', { products }, { cart });
  if (persona.user_id !== undefined && random.chance(0.85)) logIn(visit);
  else if (persona.user_id === undefined && random.chance(0.42)) signUp(visit, 0.9);
  visit.wait(35);
  if (!random.chance(resolve)) return leave(visit, 'lien-he');

  const guest = device.loggedIn !== persona.number;
  if (guest) {
    const { email, phone } = spelled(visit);
    const typo = random.chance(world.troubles.typo);
    visit.identify({ email: typo ? email.replace(/example/i, 'exmaple') : email, phone });
    persona.reachable = true;
  }
  visit.track('checkout_step', { step: 1, name: 'lien-he' }, { cart });
  visit.open('/thanh-toan/giao-hang');
  visit.wait(40);
  if (!random.chance(0.84)) return leave(visit, 'giao-hang');
  visit.track('checkout_step', { step: 2, name: 'giao-hang' }, { cart });

  visit.open('/thanh-toan/tra-tien');
  const method = random.weighted(['cod', 'momo', 'vnpay', 'card'], (name) =>
    name === 'cod' ? 4 : name === 'card' ? 1 : 2,
  );
  if (failing(visit, method)) return undefined;
  friction(visit);
  visit.wait(25);
  visit.track('payment_entered', { payment_method: method }, { cart });
  if (!random.chance(0.93)) return leave(visit, 'tra-tien');

  visit.wait(8);
  const coupon = random.chance(0.14) ? random.pick(['XINCHAO', 'LAHAT10', 'FREESHIP']) : undefined;
  const order = newOrder(cart, visit.now, {
    guest,
    coupon,
    currency: world.currency,
    shipping: world.shipping,
  });
  if (order.time >= world.calendar.end) return undefined;
  world.orders.push(order);
  persona.orders += 1;
  visit.open('/cam-on');
  if (!random.chance(UNSEEN)) visit.track('order_completed', {}, { order, cart });
  tellByServer(visit, order);
  return order;
}

/** The shop's server reports the same order, seconds later and without knowing the browser. */
function tellByServer({ world, persona, random, now }: Visit, order: Order): void {
  record(world, {
    time: now + random.int(800, 20_000),
    persona: persona.number,
    type: 'track',
    name: 'order_completed',
    order,
    properties: { email: persona.email, status: 'paid' },
    ...(order.guest
      ? { visitor: `guest-${persona.number}-${persona.orders}` }
      : { user_id: persona.user_id! }),
  });
}

function failing(visit: Visit, method: string): boolean {
  const { world, random, persona, device } = visit;
  const { start, end } = world.calendar;
  const place = (visit.now - start) / (end - start);
  if (method !== 'momo' || !device.userAgent.includes('iPhone')) return false;
  if (place < OUTAGE.from || place > OUTAGE.to) return false;
  persona.annoyance += 2;
  visit.track('error_seen', { message: 'wallet_timeout', payment_method: method });
  visit.wait(20);
  visit.track('rage_click', { target: '#tra-tien', clicks: random.int(3, 8) });
  return random.chance(0.75);
}

function leave(visit: Visit, step: string): undefined {
  if (visit.random.chance(0.35)) {
    visit.track('form_abandoned', {
      form: 'thanh-toan',
      step,
      field: visit.random.pick(['address', 'phone', 'email']),
    });
  }
  return undefined;
}
