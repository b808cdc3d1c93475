import type {
  Customer,
  IdentityRules,
  Link,
  RulesTrialCase,
  RulesTrialView,
  Site,
} from '@throughline/contract';
import { compare, follow, type Resolution, resolve, rulesOf } from '@throughline/identity';
import { linksAround, type Store, visitorsWithLinks } from '@throughline/store';
import { shownValue } from '../mend/people.ts';
import { ordersOf } from './orders.ts';
import { visitsOf } from './visits.ts';

const AROUND = { rounds_max: 1_000, links_max: 500_000 };
const VISITORS_AT_ONCE = 2_000;
const CASES_MAX = 20;
const IDENTIFIERS_MAX = 5;
/** A request does not stay open longer than this. */
const TIME_MS_MAX = 60_000;

/**
 * Resolves what is stored by today's rules and by `own` in their place, and says how the two differ. Goes over the visitors
 * in pages; whoever hangs together with a page is resolved with it, and counted once.
 */
export async function tryRules(
  store: Store,
  site: Site,
  own: Partial<IdentityRules>,
  clock: () => number,
): Promise<RulesTrialView> {
  const tally = new Tally(site);
  const [rules, tried] = [rulesOf(site.settings), rulesOf({ identity: own })];
  const begun = clock();
  for (let after = ''; ; ) {
    const page = await visitorsWithLinks(store, site.site, { after, limit: VISITORS_AT_ONCE });
    if (page.length === 0) return tally.view(true);
    if (clock() - begun > TIME_MS_MAX) return tally.view(false);
    const { links } = await linksAround(store, site.site, { visitors: page, identifiers: [] }, AROUND);
    const fresh = tally.fresh(links);
    const [now, then] = [resolve(fresh, rules, site.site), resolve(fresh, tried, site.site)];
    await tally.add(store, now, then);
    after = page.at(-1)!;
  }
}

/** What has been found so far. */
class Tally {
  readonly #site: Site;
  readonly #seen = new Set<string>();
  readonly #cases: RulesTrialCase[] = [];
  readonly #sums = {
    before: 0,
    after: 0,
    joined: 0,
    split: 0,
    lost: 0,
    found: 0,
    visits: 0,
    orders: 0,
    revenue: 0,
  };

  constructor(site: Site) {
    this.#site = site;
  }

  /** Without the links of whoever was met with an earlier page. */
  fresh(links: readonly Link[]): Link[] {
    const met = new Set(links.map(nameOf).filter((name) => this.#seen.has(name)));
    for (const link of links) this.#seen.add(nameOf(link));
    return links.filter((link) => !met.has(nameOf(link)));
  }

  async add(store: Store, now: Resolution, then: Resolution): Promise<void> {
    const sums = this.#sums;
    const { joined, split } = compare(now.customers, then.customers);
    sums.before += now.customers.length;
    sums.after += then.customers.length;
    sums.joined += joined.length;
    sums.split += split.length;
    sums.lost += without(now.customers, then.customers);
    sums.found += without(then.customers, now.customers);

    const spans = { before: spansOf(now), after: spansOf(then) };
    const cases = new Set([
      ...joined.flatMap(({ from }) => from),
      ...split.map(({ person_id }) => person_id),
    ]);
    const concerned = [...new Set([...spans.before.keys(), ...spans.after.keys()])].filter(
      (visitor) =>
        owners(spans.before.get(visitor)) !== owners(spans.after.get(visitor)) ||
        spans.before.get(visitor)!.some(({ person_id }) => cases.has(person_id)),
    );
    const moved = follow(now.customers, then.customers);
    for (const visit of await visitsOf(store, this.#site, concerned, spans))
      if (moved(visit.before, visit.after)) sums.visits += 1;
    const revenues = new Map<string, number>();
    for (const order of (await ordersOf(store, this.#site, concerned, spans)).values()) {
      for (const person of new Set([order.before, order.after]))
        revenues.set(person, (revenues.get(person) ?? 0) + order.revenue);
      if (!moved(order.before, order.after)) continue;
      sums.orders += 1;
      sums.revenue += order.revenue;
    }
    const byId = (customers: readonly Customer[]) => new Map(customers.map((one) => [one.person_id, one]));
    const [today, later] = [byId(now.customers), byId(then.customers)];
    for (const { person_id, from } of joined)
      this.#keep({
        kind: 'joined',
        people: from,
        becomes: 1,
        identifiers: shown(later.get(person_id)),
        revenue: revenues.get(person_id) ?? 0,
      });
    for (const { person_id, into } of split)
      this.#keep({
        kind: 'split',
        people: [person_id],
        becomes: into.length,
        identifiers: shown(today.get(person_id)),
        revenue: revenues.get(person_id) ?? 0,
      });
  }

  #keep(one: RulesTrialCase): void {
    this.#cases.push(one);
    this.#cases.sort((a, b) => b.revenue - a.revenue || b.people.length - a.people.length);
    this.#cases.length = Math.min(this.#cases.length, CASES_MAX);
  }

  view(complete: boolean): RulesTrialView {
    const { before, after, joined, split, lost, found, visits, orders, revenue } = this.#sums;
    return {
      customers: { before, after },
      joined,
      split,
      lost,
      found,
      visits_moved: visits,
      orders_moved: orders,
      revenue_moved: revenue,
      currency: this.#site.currency,
      top: this.#cases,
      visitors: this.#seen.size,
      complete,
    };
  }
}

/** The visitor; an operator's link, which has none, is met by itself. */
const nameOf = ({ visitor_id, event_id }: Link) => visitor_id || event_id;

const spansOf = ({ assignments }: Resolution) =>
  new Map(assignments.map(({ visitor_id, spans }) => [visitor_id, spans]));
const owners = (spans: Resolution['assignments'][number]['spans'] | undefined) =>
  JSON.stringify((spans ?? []).map(({ from, person_id }) => [from, person_id]));

const shown = (customer: Customer | undefined) =>
  (customer?.identifiers ?? [])
    .slice(0, IDENTIFIERS_MAX)
    .map((one) => ({ kind: one.kind, value: shownValue(one) }));

/** How many of `customers` share no identifier with any of `others`. */
function without(customers: readonly Customer[], others: readonly Customer[]): number {
  const known = new Set(
    others.flatMap(({ identifiers }) => identifiers.map(({ kind, value }) => `${kind}\0${value}`)),
  );
  return customers.filter(
    ({ identifiers }) => !identifiers.some(({ kind, value }) => known.has(`${kind}\0${value}`)),
  ).length;
}
