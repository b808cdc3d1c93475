import { logIn, signUp, subscribe } from './account.ts';
import { afterOrder, askAgain, type Plan } from './after-sale.ts';
import { browse, viewCart } from './browse.ts';
import { checkOut } from './checkout.ts';
import type { Persona } from './persona.ts';
import type { Cart } from './trade.ts';
import type { Visit } from './visit.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Somebody comes back to the cart they left, without being asked. */
const RESUMES = 0.3;
/** Somebody who liked a product comes back for it, on whichever browser is at hand. */
const DECIDES = 0.09;

/** A visit to the shop: from looking around to an order, as far as this one goes. Returns what it leads to. */
export function shop(visit: Visit, plan: Plan, open: Cart | undefined, carts: Map<Persona, Cart>): Plan[] {
  const { random, persona, world, device, session } = visit;
  const asked = plan.why === 'recovery';
  const stranger = device.loggedIn !== persona.number;
  if (!asked && persona.user_id !== undefined && stranger && random.chance(0.4)) logIn(visit);

  const cart: Cart = open ?? {
    token: `c${random.text(14)}`,
    persona: persona.number,
    opened: visit.now,
    items: [],
    state: 'abandoned',
  };
  const { added, liked } = asked ? { added: [] } : browse(visit, cart, plan.product);
  for (const product of added) {
    const same = cart.items.find((item) => item.product === product);
    if (same) same.quantity += 1;
    else cart.items.push({ product, quantity: 1 });
  }
  const resumed = open !== undefined && added.length === 0 && (asked || random.chance(RESUMES));
  if (added.length === 0 && !resumed) {
    if (visit.now - session.started > 20_000) aside(visit);
    if (liked === undefined || plan.why !== 'browse' || !random.chance(DECIDES)) return [];
    const time = world.calendar.hourOn(visit.now + random.between(0.1, 6) * DAY_MS, random);
    return [{ persona, time, why: 'buy', product: liked }];
  }
  if (open === undefined) {
    world.carts.push(cart);
    carts.set(persona, cart);
  }
  if (resumed || random.chance(0.75)) viewCart(visit, cart);
  const decided = resumed || plan.why === 'buy';
  const resolve = Math.min(0.95, (persona.kind === 'regular' ? 0.76 : 0.6) * (decided ? 1.15 : 1));
  const order = random.chance(decided ? 0.52 : 0.43) ? checkOut(visit, cart, resolve) : undefined;
  if (order === undefined) return askAgain(visit, cart);

  carts.delete(persona);
  cart.order = order;
  cart.state = open === undefined ? 'ordered' : 'recovered';
  if (open !== undefined) cart.through = asked ? 'email' : 'return';
  return afterOrder(visit, order);
}

/** What people do who put nothing into the cart. */
function aside(visit: Visit): void {
  const { random, persona } = visit;
  if (persona.user_id === undefined && persona.kind !== 'glancer' && random.chance(0.05)) signUp(visit, 0.7);
  else if (!persona.subscribed && random.chance(0.035)) subscribe(visit);
}
