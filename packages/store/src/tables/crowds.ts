import type { Identifier, Link } from '@throughline/contract';
import type { Store } from '../store.ts';
import { customersByIdentifier } from './customers.ts';
import { linksOfUsers, linksOfVisitors } from './links.ts';
import { identifierOf, nameOf, type Operators } from './operators.ts';
import { firstVisitorsNamed } from './visitors-named.ts';

/** How identifiers that very many share are kept from being followed. */
export interface CrowdRule {
  /** A name on more visitors than this is followed only when the facts of its first ones do not show that it joins nobody. */
  visitors_max: number;
  /** Which identifiers these links show to join nobody, however many more links there are. */
  joiningNobody(links: readonly Link[]): Identifier[];
}

/** Links of the first step towards a proof; each further one looks at four times as many. */
const WITNESSES_AT_FIRST = 8;
const STEP = 4;

/** Names that very many share, each with the few visitors whose links show that it joins nobody. */
export class Crowds {
  readonly #store: Store;
  readonly #site: string;
  readonly #rule: CrowdRule;
  readonly #operators: Operators;
  /** How many of each one's links are looked for. */
  readonly #looked = new Map<string, number>();
  #witness: Link[] = [];

  constructor({
    store,
    site,
    rule,
    operators,
  }: {
    store: Store;
    site: string;
    rule: CrowdRule;
    operators: Operators;
  }) {
    this.#store = store;
    this.#site = site;
    this.#rule = rule;
    this.#operators = operators;
  }

  add(names: readonly string[]): void {
    for (const name of names) this.#looked.set(name, WITNESSES_AT_FIRST);
  }

  get held(): Identifier[] {
    return [...this.#looked.keys()].map(identifierOf);
  }

  get witness(): Link[] {
    return this.#witness;
  }

  /**
   * The names that have to be followed after all, beside what is known already: no facts show that they join nobody, or
   * people are stored who were joined by them when they still did.
   */
  async notHeld(known: readonly Link[]): Promise<string[]> {
    if (this.#looked.size === 0) return [];
    const released = new Set<string>();
    for (;;) {
      const visitors = new Set<string>();
      const exhausted = new Set<string>();
      for (const [name, limit] of this.#looked) {
        const first = await firstVisitorsNamed(this.#store, this.#site, name, limit);
        if (first.all) exhausted.add(name);
        for (const visitor of first.visitors) visitors.add(visitor);
      }
      this.#witness = await this.#witnessOf([...visitors]);
      const proven = new Set(this.#rule.joiningNobody([...known, ...this.#witness]).map(nameOf));
      const open = [...this.#looked.keys()].filter((name) => !proven.has(name));
      if (open.length === 0) break;
      for (const name of open) {
        if (exhausted.has(name)) this.#release(name, released);
        else this.#looked.set(name, this.#looked.get(name)! * STEP);
      }
    }
    const joined = await customersByIdentifier(this.#store, this.#site, this.held);
    for (const { identifiers } of joined)
      if (identifiers.length > 1) for (const one of identifiers) this.#release(nameOf(one), released);
    return [...released];
  }

  #release(name: string, released: Set<string>): void {
    if (this.#looked.delete(name)) released.add(name);
  }

  /**
   * The links of these visitors, and what aliases and operators say of whom they name. Of a user_id that only an alias names
   * the identifies are read too: whether there are any decides whether it is a user's.
   */
  async #witnessOf(visitors: readonly string[]): Promise<Link[]> {
    const links = await linksOfVisitors(this.#store, this.#site, visitors);
    const asked = new Set<string>();
    for (let fresh: Link[] = links, first = true; fresh.length > 0; first = false) {
      const names = [...new Set(fresh.flatMap(({ identifiers }) => identifiers.map(nameOf)))].filter(
        (name) => !asked.has(name),
      );
      for (const name of names) asked.add(name);
      const users = names.map(identifierOf).filter(({ kind }) => kind === 'user_id');
      const ids = users.map(({ value }) => value);
      const further = [
        ...(await linksOfUsers(this.#store, this.#site, ids, { aliases: first })),
        ...this.#operators.naming(names),
      ];
      links.push(...this.#operators.takingBack([...fresh, ...further]), ...further);
      fresh = further.filter(({ kind }) => kind === 'alias' || kind === 'join');
      if (fresh.every(({ identifiers }) => identifiers.every((one) => asked.has(nameOf(one))))) break;
    }
    return links;
  }
}
