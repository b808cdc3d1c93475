import type { Customer } from '@throughline/contract';
import { compareText, type Fact } from './fact.ts';
import type { Joined } from './join.ts';

/** The known people: whoever at least one fact names. `facts` in their order, so that the latest trait wins. */
export function customersOf(facts: readonly Fact[], joined: Joined, site: string): Customer[] {
  const customers = new Map<string, Customer & { told: Map<string, string> }>();
  for (const fact of facts) {
    const person_id = joined.ownerOf(fact);
    if (person_id === '') continue;
    const { time, traits } = fact.link;
    const customer = customers.get(person_id) ?? {
      site,
      person_id,
      identifiers: joined.identifiers.get(person_id)!,
      traits: {},
      told: new Map<string, string>(),
      first_identified_at: time,
      last_identified_at: time,
    };
    customers.set(person_id, customer);
    customer.last_identified_at = time;
    for (const [name, value] of Object.entries(traits)) customer.told.set(name, value);
  }
  return [...customers.values()]
    .sort((a, b) => compareText(a.person_id, b.person_id))
    .map(({ told, ...customer }) => ({
      ...customer,
      traits: Object.fromEntries([...told].sort(([a], [b]) => compareText(a, b))),
    }));
}
