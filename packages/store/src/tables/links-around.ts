import type { Identifier, Link } from '@throughline/contract';
import { catchUp } from '../cluster/catch-up.ts';
import { lists } from '../lists.ts';
import type { Store } from '../store.ts';
import { linksOfVisitors, operatorLinks } from './links.ts';

export interface Around {
  links: Link[];
  /** False when a bound was hit: there may be more links that belong here. */
  complete: boolean;
}

/** Values of one kind that share a statement with those of others; hashes of 64 characters stay well below what fits. */
const FEW = 200;

interface Start {
  visitors: readonly string[];
  identifiers: readonly Identifier[];
}

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
  { rounds_max, links_max }: { rounds_max: number; links_max: number },
): Promise<Around> {
  // Whoever asks has just inserted links, and goes on to compare with what is assigned.
  await catchUp(store, ['links', 'link_identifiers', 'assignments', 'customers']);
  const links = new Map<string, Link>();
  const visitors = new Frontier(start.visitors.filter((visitor) => visitor !== ''));
  const identifiers = new Frontier(start.identifiers.map(nameOf));
  const operators = new Operators(await operatorLinks(store, site));
  for (let round = 0; round < rounds_max; round += 1) {
    const names = identifiers.take();
    for (const visitor of await namedBy(store, site, names)) visitors.add(visitor);
    const fresh = await linksOfVisitors(store, site, visitors.take());
    for (const link of [...fresh, ...operators.naming(names), ...operators.takingBack(fresh)]) {
      links.set(nameOf({ kind: link.visitor_id, value: link.event_id }), link);
      for (const identifier of link.identifiers) identifiers.add(nameOf(identifier));
    }
    if (visitors.empty && identifiers.empty) return { links: [...links.values()], complete: true };
    if (links.size >= links_max) break;
  }
  return { links: [...links.values()], complete: false };
}

/** What operators did on the site, to be found by identifier and by what it takes back. */
class Operators {
  readonly #naming = new Map<string, Link[]>();
  readonly #cuts = new Map<string, Link[]>();

  constructor(links: readonly Link[]) {
    for (const link of links) {
      for (const identifier of link.identifiers) add(this.#naming, nameOf(identifier), link);
      if (link.kind === 'cut') add(this.#cuts, link.target, link);
    }
  }

  /** Those that name one of these, and the cuts of them. */
  naming(names: readonly string[]): Link[] {
    const links = names.flatMap((name) => this.#naming.get(name) ?? []);
    return [...links, ...this.takingBack(links)];
  }

  /** The cuts of these links, the cuts of those, and so on. */
  takingBack(links: readonly Link[]): Link[] {
    const found: Link[] = [];
    const met = new Set<Link>();
    for (let next = links; next.length > 0; ) {
      next = next.flatMap(({ event_id }) => this.#cuts.get(event_id) ?? []).filter((cut) => !met.has(cut));
      for (const cut of next) met.add(cut);
      found.push(...next);
    }
    return found;
  }
}

function add(lists: Map<string, Link[]>, key: string, link: Link): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [link]);
  else list.push(link);
}

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

/** A pair as one text. No kind holds the separator. */
const nameOf = ({ kind, value }: { kind: string; value: string }) => `${kind}\0${value}`;

/** The visitors with a link that names one of these identifiers. */
async function namedBy(store: Store, site: string, names: readonly string[]): Promise<string[]> {
  const kinds = new Map<string, string[]>();
  for (const name of names) {
    const at = name.indexOf('\0');
    const kind = name.slice(0, at);
    const values = kinds.get(kind);
    if (values === undefined) kinds.set(kind, [name.slice(at + 1)]);
    else values.push(name.slice(at + 1));
  }
  const found = new Set<string>();
  const read = async (where: readonly string[], params: Record<string, unknown>) => {
    const sql = `
      SELECT DISTINCT visitor_id FROM link_identifiers
      WHERE site = {site:String} AND (${where.join(' OR ')}) AND visitor_id != ''`;
    const rows = await store.query<{ visitor_id: string }>({ sql, params: { site, ...params } });
    for (const { visitor_id } of rows) found.add(visitor_id);
  };
  // Nearly always few values of each kind, which one statement takes.
  const together = { where: [] as string[], params: {} as Record<string, unknown> };
  for (const [turn, [kind, values]] of [...kinds].entries()) {
    const all = lists(`values${turn}`, values);
    for (const list of all) {
      const where = `(kind = {kind${turn}:String} AND value IN ${list.sql})`;
      const params = { [`kind${turn}`]: kind, ...list.params };
      if (all.length > 1 || values.length > FEW) await read([where], params);
      else {
        together.where.push(where);
        Object.assign(together.params, params);
      }
    }
  }
  if (together.where.length > 0) await read(together.where, together.params);
  return [...found];
}
