import type { CustomerView, Evidence, Link, Site } from '@throughline/contract';
import { explain, joiningNobody, rulesOf } from '@throughline/identity';
import { findCustomer, linksAround, type Store } from '@throughline/store';
import { shownIdentifiers } from './mend/people.ts';

/** Nobody real hangs together with more; what more hang together by is told without its chain. */
const AROUND = { rounds_max: 50, links_max: 5_000 };
const CROWD_VISITORS_MAX = 64;

/**
 * Adds to each session the links that lead, name by name, from its evidence to what the customer is called by: why a visit
 * that an e-mail address was told in belongs to an account.
 */
export async function explainSessions(store: Store, site: Site, view: CustomerView): Promise<CustomerView> {
  const told = view.sessions_list.filter(({ why }) => why.evidence !== undefined);
  if (told.length === 0) return view;
  const customer = await findCustomer(store, site.site, view.id);
  if (customer === undefined) return view;
  const start = { visitors: [], identifiers: customer.identifiers };
  const rules = rulesOf(site.settings);
  const { links, complete } = await linksAround(store, site.site, start, {
    ...AROUND,
    crowd: {
      visitors_max: CROWD_VISITORS_MAX,
      joiningNobody: (known) => joiningNobody(known, { rules, site: site.site, visitors: new Set() }),
    },
  });
  if (!complete) return view;
  const chains = new Map<string, Evidence[]>();
  for (const { why } of told) {
    const event_id = why.evidence!.event_id;
    if (chains.has(event_id)) continue;
    const span = { from: '', person_id: view.id, rule: 'identified_in_session' as const, evidence: event_id };
    const { chain } = explain(span, links, { customer, rules });
    // The evidence itself says the first of the names.
    chains.set(event_id, chain.filter((link) => link.event_id !== event_id).map(evidenceOf));
  }
  return {
    ...view,
    sessions_list: view.sessions_list.map((session) => {
      const chain = chains.get(session.why.evidence?.event_id ?? '') ?? [];
      return chain.length === 0 ? session : { ...session, why: { ...session.why, chain } };
    }),
  };
}

const evidenceOf = (link: Link): Evidence => ({
  event_id: link.event_id,
  kind: link.kind,
  time: link.time,
  identifiers: shownIdentifiers(link),
});
