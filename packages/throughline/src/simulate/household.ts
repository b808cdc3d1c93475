import type { Plan } from './after-sale.ts';
import { type Device, newVisitor } from './device.ts';
import { chooseDevice, type Persona } from './persona.ts';
import type { Random } from './random.ts';
import { spend } from './spend.ts';
import type { Cart } from './trade.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const VISITS_MEAN = { glancer: 0.25, considerer: 4, regular: 12 } as const;
const GAP_DAYS = { glancer: 10, considerer: 7, regular: 15 } as const;

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
