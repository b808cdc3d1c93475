import { logOut, recall } from './account.ts';
import type { Plan } from './after-sale.ts';
import { type Arrival, arrive, byEmail } from './arrival.ts';
import type { Device } from './device.ts';
import type { Persona } from './persona.ts';
import type { Random } from './random.ts';
import { shop } from './shop.ts';
import type { Cart } from './trade.ts';
import { Visit } from './visit.ts';
import { productPath, type World } from './world.ts';

/** A cart older than this is not offered again. */
const CART_DAYS_MAX = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** One visit, and what it leads to later. */
export function spend(
  world: World,
  random: Random,
  plan: Plan & { device: Device },
  carts: Map<Persona, Cart>,
): Plan[] {
  const { persona, device, time } = plan;
  const open = cartOf(carts, persona, time);
  if (plan.why === 'recovery' && open === undefined) return [];
  const visit = new Visit(world, random, persona, device, { time, arrival: arrivalOf(world, random, plan) });
  if (plan.why === 'survey') return answer(visit, plan);
  if (plan.why === 'status') return askForStatus(visit, plan);

  persona.visits += 1;
  recall(visit);
  const later = shop(visit, plan, open, carts);
  const stranger = device.loggedIn !== undefined && device.loggedIn !== persona.number;
  const leaves = stranger ? 0.1 : device.loggedIn === undefined ? 0 : device.shared ? 0.5 : 0.03;
  if (random.chance(leaves)) logOut(visit);
  return later;
}

function arrivalOf(world: World, random: Random, { why, persona, product }: Plan): Arrival {
  if (why === 'recovery') return byEmail('/gio-hang', 'gio-hang-bo-quen');
  if (why === 'survey') return byEmail('/khao-sat', 'khao-sat');
  if (why === 'status') return byEmail('/don-hang', 'trang-thai-don');
  if (product !== undefined) return straightTo(productPath(product), random);
  const acquaintance = persona.subscribed ? 'subscribed' : persona.visits > 0 ? 'known' : 'fresh';
  return arrive(random, acquaintance, world.shelves);
}

/** Back to what one has made up one's mind about: the address typed, or the shop's name searched for. */
const straightTo = (path: string, random: Random): Arrival =>
  random.chance(0.6)
    ? { channel: 'direct', path, referrer: '', intent: 1.5 }
    : { channel: 'organic_search', path, referrer: 'https://www.google.com.vn/', intent: 1.5 };

function answer(visit: Visit, { score, order }: Plan): Plan[] {
  visit.wait(20);
  visit.track('survey_answered', { survey: 'nps', score }, { order: order! });
  return [];
}

/** The link in the shop's e-mail says who follows it, on whichever browser that is. */
function askForStatus(visit: Visit, { persona, order }: Plan): Plan[] {
  visit.identify({ email: persona.email });
  visit.wait(15);
  visit.track('order_status_viewed', {}, { order: order! });
  return [];
}

function cartOf(carts: Map<Persona, Cart>, persona: Persona, now: number): Cart | undefined {
  const cart = carts.get(persona);
  return cart && now - cart.opened < CART_DAYS_MAX * DAY_MS ? cart : undefined;
}
