import type { Identifier, Link } from '@throughline/contract';
import { catchUp } from '../cluster/catch-up.ts';
import type { Store } from '../store.ts';
import { type CrowdRule, Crowds } from './crowds.ts';
import { linksOfVisitors, operatorLinks } from './links.ts';
import { identifierOf, nameOf, Operators } from './operators.ts';
import { visitorsNamed } from './visitors-named.ts';

export interface Around {
  links: Link[];
  /** Shared by so many that they join nobody, and so were not followed. */
  held: Identifier[];
  /** Links that show that of `held`; nothing else is to be read from them. */
  witness: Link[];
  /** False when a bound was hit: there may be more links that belong here. */
  complete: boolean;
}

interface Start {
  visitors: readonly string[];
  identifiers: readonly Identifier[];
}

interface Bounds {
  rounds_max: number;
  links_max: number;
  /** Without it every identifier is followed, whoever shares it. */
  crowd?: CrowdRule;
}

/** Each costs some small reads to find out about; of more, as in an import, the rest is simply followed. */
const CROWDS_AT_ONCE = 32;

/**
 * All facts that could touch who these visitors and identifiers are: their links, the links of the visitors that
 * share an identifier with them, and so on until nothing new is found. An operator's joins count like visitors'
 * links, and his cuts come with what they take back. Costs two small reads a round, whatever the table's size, and one for
 * what operators did. Stops after `rounds_max` rounds, or when `links_max` links were found.
 */
export async function linksAround(
  store: Store,
  site: string,
  start: Start,
  { rounds_max, links_max, crowd }: Bounds,
): Promise<Around> {
  // Whoever asks has just inserted links, and goes on to compare with what is assigned.
  await catchUp(store, ['links', 'link_identifiers', 'assignments', 'customers', 'customer_identifiers']);
  const links = new Map<string, Link>();
  const visitors = new Frontier(start.visitors.filter((visitor) => visitor !== ''));
  const identifiers = new Frontier(start.identifiers.map(nameOf));
  const operators = new Operators(await operatorLinks(store, site));
  const crowds = crowd && new Crowds({ store, site, rule: crowd, operators });
  const found = (complete: boolean): Around => ({
    links: [...links.values()],
    held: crowds?.held ?? [],
    witness: crowds?.witness ?? [],
    complete,
  });
  for (let round = 0; round < rounds_max; round += 1) {
    const names = identifiers.take();
    const named = await visitorsNamed(store, site, names, crowd?.visitors_max);
    const held = named.crowds.filter(mayJoinNobody).slice(0, CROWDS_AT_ONCE);
    crowds?.add(held);
    const others = named.crowds.filter((name) => !held.includes(name));
    for (const visitor of named.visitors) visitors.add(visitor);
    for (const visitor of (await visitorsNamed(store, site, others)).visitors) visitors.add(visitor);
    const fresh = await linksOfVisitors(store, site, visitors.take());
    for (const link of [...fresh, ...operators.naming(names), ...operators.takingBack(fresh)]) {
      links.set(nameOf({ kind: link.visitor_id, value: link.event_id }), link);
      for (const identifier of link.identifiers) identifiers.add(nameOf(identifier));
    }
    if (identifiers.empty) {
      const released = (await crowds?.notHeld([...links.values()])) ?? [];
      if (released.length === 0) return found(true);
      for (const visitor of (await visitorsNamed(store, site, released)).visitors) visitors.add(visitor);
    }
    if (links.size >= links_max) break;
  }
  return found(false);
}

/** A user_id names its customer, however many browsers that one has. */
const mayJoinNobody = (name: string) => identifierOf(name).kind !== 'user_id';

/** Names that were met; each is handed out once. */
class Frontier {
  readonly #met = new Set<string>();
  #waiting: string[] = [];

  constructor(names: Iterable<string>) {
    for (const name of names) this.add(name);
  }

  get empty() {
    return this.#waiting.length === 0;
  }

  add(name: string) {
    if (this.#met.has(name)) return;
    this.#met.add(name);
    this.#waiting.push(name);
  }

  take(): string[] {
    return this.#waiting.splice(0);
  }
}
