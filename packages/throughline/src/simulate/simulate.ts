import { crawl } from './bots.ts';
import { calendar } from './calendar.ts';
import { type Call, callOf } from './call.ts';
import { catalogue, shippingOf } from './catalogue.ts';
import { buyAtCounter } from './counter.ts';
import { newDevice } from './device.ts';
import { live } from './household.ts';
import { newPersona, type Persona } from './persona.ts';
import { Random } from './random.ts';
import { numberOrders } from './trade.ts';
import { FEW_TROUBLES, type Troubles } from './troubles.ts';
import { type Truth, truthOf } from './truth.ts';
import { productPath, type World } from './world.ts';

export interface SimulateOptions {
  /** The same options give the same calls, byte by byte. */
  seed: number;
  days: number;
  people: number;
  /** First day, a date in the zone: `2026-05-23`. The last moment is `days` later. */
  start: string;
  timezone: string;
  currency: string;
  /** Host of the simulated shop's pages; one of the site's hosts where it has any. Default `lahat.example`. */
  host?: string;
  /** Default: few. */
  troubles?: Troubles;
}

export interface Simulation {
  /** Segment-spec calls in the order of time. Written as they are asked for; may be walked several times. */
  calls: Iterable<Call>;
  /** How many calls there are. */
  count: number;
  truth: Truth;
}

/** What `npm run demo` loads: about half a year, some 150,000 calls. */
export const DEMO_SIZE = { seed: 20_261_122, days: 183, people: 9_500 } as const;

const BOTS_PER_PERSON = 0.006;

/**
 * The history of a made-up Vietnamese shop for coffee, tea and pottery, and the truth about it. People come by
 * channels, look, leave, come back on other devices, lose cookies, share tablets, buy as guests or with an account,
 * abandon carts and are won back; servers report orders again; robots crawl. Pure: chance comes from the seed alone.
 */
export function simulate(options: SimulateOptions): Simulation {
  const { seed, days, people, start, timezone, currency, troubles = FEW_TROUBLES } = options;
  const products = catalogue(currency);
  const world: World = {
    calendar: calendar(start, days, timezone),
    products,
    shelves: {
      categories: [...new Set(products.map(({ category }) => category))],
      productPath: (random) => productPath(random.weighted(products, ({ appeal }) => appeal)),
    },
    currency,
    shipping: shippingOf(currency),
    troubles,
    happenings: [],
    carts: [],
    orders: [],
  };
  const personas = Array.from({ length: people }, (_, number) =>
    newPersona(new Random(seed, `persona ${number}`), number),
  );
  for (let number = 0; number < people; ) {
    const random = new Random(seed, `household ${number}`);
    const members = personas.slice(number, number + membersOf(random, troubles));
    if (members.length > 1) shareThings(random, members, troubles);
    live(world, random, members);
    for (const member of members) if (troubles.counter > 0) buyAtCounter(world, random, member);
    number += members.length;
  }
  const bots = crawl(world, new Random(seed, 'bots'), Math.round(people * BOTS_PER_PERSON));

  world.happenings.sort((a, b) => a.time - b.time);
  numberOrders(world.orders);
  const writing = { origin: `https://${options.host ?? 'lahat.example'}`, currency };
  return {
    calls: {
      *[Symbol.iterator]() {
        for (const [number, happening] of world.happenings.entries()) {
          yield callOf(happening, `sim-${seed}-${start}-${number}`, writing);
        }
      },
    },
    count: world.happenings.length,
    truth: truthOf(world, personas, { bots, options: { ...options } }),
  };
}

/** How many live in the next household; most people alone. */
function membersOf(random: Random, { family, members_max }: Troubles): number {
  if (!random.chance(family)) return 1;
  return members_max > 2 ? random.int(2, members_max) : 2;
}

function shareThings(random: Random, members: readonly Persona[], { mailbox }: Troubles): void {
  const tablet = newDevice(random, 'tablet', true);
  for (const member of members) member.devices.push(tablet);
  if (mailbox > 0 && random.chance(mailbox)) for (const member of members) member.email = members[0]!.email;
}
