import { logIn, logOut, recall, signUp, subscribe } from './account.ts';
import { afterOrder, askAgain, type Plan } from './after-sale.ts';
import { arrive, byEmail } from './arrival.ts';
import { browse, viewCart } from './browse.ts';
import { checkOut } from './checkout.ts';
import { type Device, newVisitor } from './device.ts';
import { chooseDevice, type Persona } from './persona.ts';
import type { Random } from './random.ts';
import type { Cart } from './trade.ts';
import { Visit } from './visit.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const VISITS_MEAN = { glancer: 0.25, considerer: 4, regular: 12 } as const;
const GAP_DAYS = { glancer: 10, considerer: 7, regular: 15 } as const;

/** Somebody comes back to the cart they left, without being asked. */
const RESUMES = 0.3;
/** A cart older than this is not offered again. */
const CART_DAYS_MAX = 14;

/** Lives through the visits of people who share browsers, in the order of time, so that log-ins are right for each. */
export function live(world: World, random: Random, members: readonly Persona[]): void {
  const plans: Plan[] = members.flatMap((persona) => visitsOf(world, random, persona));
  const carts = new Map<Persona, Cart>();
  while (plans.length > 0) {
    plans.sort((a, b) => a.time - b.time);
    const plan = plans.shift()!;
    const device = plan.device ?? chooseDevice(random, plan.persona);
    // A browser in use, or left a moment ago, is another session's: come later.
    const free = device.busyUntil + 31 * MINUTE_MS;
    if (plan.time < free) {
      plans.push({ ...plan, device, time: free + random.int(0, 90 * MINUTE_MS) });
      continue;
    }
    if (plan.time >= world.calendar.end) continue;
    forget(random, device, plan.time);
    plans.push(...spend(world, random, { ...plan, device }, carts));
  }
}

function visitsOf(world: World, random: Random, persona: Persona): Plan[] {
  const plans: Plan[] = [];
  let time = world.calendar.moment(random);
  const more = Math.round(random.waiting(VISITS_MEAN[persona.kind]));
  for (let visit = 0; visit <= more && time < world.calendar.end; visit += 1) {
    plans.push({ persona, time, why: 'browse' });
    time = world.calendar.hourOn(time + random.waiting(GAP_DAYS[persona.kind]) * DAY_MS, random);
  }
  return plans;
}

/** Cookies go: after a week without a visit in some browsers, by tidying up in the others. */
function forget(random: Random, device: Device, now: number): void {
  const week = now - device.busyUntil > 7 * DAY_MS && Number.isFinite(device.busyUntil);
  if (!random.chance(device.forgetful && week ? 0.6 : 0.015)) return;
  device.visitor = newVisitor(random);
  delete device.loggedIn;
}

/** One visit, and what it leads to later. */
function spend(
  world: World,
  random: Random,
  plan: Plan & { device: Device },
  carts: Map<Persona, Cart>,
): Plan[] {
  const { persona, device, time } = plan;
  if (plan.why === 'survey') {
    const visit = new Visit(world, random, persona, device, {
      time,
      arrival: byEmail('/khao-sat', 'khao-sat'),
    });
    visit.wait(20);
    visit.track(
      'survey_answered',
      { survey: 'nps', score: plan.score ?? 9, order_id: plan.order?.order_id },
      { order: plan.order! },
    );
    return [];
  }
  const open = cartOf(carts, persona, time);
  if (plan.why === 'recovery' && open === undefined) return [];
  const arrival =
    plan.why === 'recovery'
      ? byEmail('/gio-hang', 'gio-hang-bo-quen')
      : arrive(
          random,
          persona.subscribed ? 'subscribed' : persona.visits > 0 ? 'known' : 'fresh',
          world.shelves,
        );
  const visit = new Visit(world, random, persona, device, { time, arrival });
  persona.visits += 1;
  recall(visit);
  const later = shop(visit, plan, open, carts);
  const stranger = device.loggedIn !== undefined && device.loggedIn !== persona.number;
  if (
    stranger ? random.chance(0.1) : device.loggedIn !== undefined && random.chance(device.shared ? 0.5 : 0.03)
  ) {
    logOut(visit);
  }
  return later;
}

function cartOf(carts: Map<Persona, Cart>, persona: Persona, now: number): Cart | undefined {
  const cart = carts.get(persona);
  return cart && now - cart.opened < CART_DAYS_MAX * DAY_MS ? cart : undefined;
}

function shop(visit: Visit, plan: Plan, open: Cart | undefined, carts: Map<Persona, Cart>): Plan[] {
  const { random, persona, world, device, session } = visit;
  const asked = plan.why === 'recovery';
  if (!asked && persona.user_id !== undefined && device.loggedIn !== persona.number && random.chance(0.3))
    logIn(visit);

  const cart: Cart = open ?? {
    token: `c${random.text(14)}`,
    persona: persona.number,
    opened: visit.now,
    items: [],
    state: 'abandoned',
  };
  const added = asked ? [] : browse(visit, cart);
  for (const product of added) {
    const same = cart.items.find((item) => item.product === product);
    if (same) same.quantity += 1;
    else cart.items.push({ product, quantity: 1 });
  }
  const resumed = open !== undefined && added.length === 0 && (asked || random.chance(RESUMES));
  if (added.length === 0 && !resumed) {
    if (visit.now - session.started > 20_000) aside(visit);
    return [];
  }
  if (open === undefined) {
    world.carts.push(cart);
    carts.set(persona, cart);
  }
  if (resumed || random.chance(0.75)) viewCart(visit, cart);
  const resolve = Math.min(0.95, (persona.kind === 'regular' ? 0.76 : 0.6) * (resumed ? 1.1 : 1));
  const order = random.chance(resumed ? 0.6 : 0.5) ? checkOut(visit, cart, resolve) : undefined;
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
