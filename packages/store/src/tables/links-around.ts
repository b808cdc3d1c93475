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

interface Start {
  visitors: readonly string[];
  identifiers: readonly Identifier[];
}

/**
 * All facts that could touch who these visitors and identifiers are: their links, the links of the visitors that
 * share an identifier with them, and so on until nothing new is found. An operator's joins count like visitors'
 * links, and his cuts come with what they take back. Costs two or three small reads a round, whatever the table's
 * size. Stops after `rounds_max` rounds, or when `links_max` links were found.
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
  /** Links by event_id: an operator may have taken them back, and the taking back too. */
  const facts = new Frontier([]);
  for (let round = 0; round < rounds_max; round += 1) {
    for (const { visitor_id, event_id } of await namedBy(store, site, identifiers.take())) {
      if (visitor_id === '') facts.add(event_id);
      else visitors.add(visitor_id);
    }
    const fresh = await linksOfVisitors(store, site, visitors.take());
    for (const link of fresh) facts.add(link.event_id);
    for (const link of [...fresh, ...(await operatorLinks(store, site, facts.take()))]) {
      links.set(nameOf({ kind: link.visitor_id, value: link.event_id }), link);
      facts.add(link.event_id);
      for (const identifier of link.identifiers) identifiers.add(nameOf(identifier));
    }
    if (visitors.empty && identifiers.empty && facts.empty)
      return { links: [...links.values()], complete: true };
    if (links.size >= links_max) break;
  }
  return { links: [...links.values()], complete: false };
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

/** The links that name one of these identifiers. */
async function namedBy(store: Store, site: string, names: readonly string[]) {
  const kinds = new Map<string, string[]>();
  for (const name of names) {
    const at = name.indexOf('\0');
    const values = kinds.get(name.slice(0, at)) ?? [];
    kinds.set(name.slice(0, at), [...values, name.slice(at + 1)]);
  }
  const found: { visitor_id: string; event_id: string }[] = [];
  for (const [kind, values] of kinds) {
    for (const list of lists('values', values)) {
      const sql = `
        SELECT visitor_id, event_id FROM link_identifiers
        WHERE site = {site:String} AND kind = {kind:String} AND value IN ${list.sql}
        GROUP BY visitor_id, if(visitor_id = '', event_id, '') AS event_id`;
      const rows = await store.query<{ visitor_id: string; event_id: string }>({
        sql,
        params: { site, kind, ...list.params },
      });
      found.push(...rows);
    }
  }
  return found;
}
