import type { Identifier, Link } from '@throughline/contract';

/** A pair as one text. No kind holds the separator. */
export const nameOf = ({ kind, value }: { kind: string; value: string }) => `${kind}\0${value}`;

/** The pair again. */
export function identifierOf(name: string): Identifier {
  const at = name.indexOf('\0');
  return { kind: name.slice(0, at) as Identifier['kind'], value: name.slice(at + 1) };
}

/** What operators did on the site, to be found by identifier and by what it takes back. */
export class Operators {
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
