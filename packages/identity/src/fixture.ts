import {
  DEFAULT_IDENTITY_RULES,
  type Identifier,
  type IdentityRules,
  type Link,
} from '@throughline/contract';
import { ownerAt } from './owner-at.ts';
import { resolve } from './resolve.ts';

export const user = (value: string): Identifier => ({ kind: 'user_id', value });
export const email = (value: string): Identifier => ({ kind: 'email', value });
export const phone = (value: string): Identifier => ({ kind: 'phone', value });
export const order = (value: string): Identifier => ({ kind: 'order_id', value });

/** A link for tests; `at` is an instant to the minute, `session` its session's start (and so its id). */
export function link(
  event_id: string,
  at: string,
  rest: Partial<Link> & { session?: string; names?: Identifier[] } = {},
): Link {
  const { session, names, ...fields } = rest;
  const started = session ?? at;
  return {
    site: 'shop',
    event_id,
    kind: 'identify',
    visitor_id: 'phone-1',
    session_id: started,
    session_started_at: `${started}:00.000Z`,
    time: `${at}:00.000Z`,
    seq: 0,
    identifiers: names ?? [],
    traits: {},
    proven: true,
    source: 'tag',
    author: '',
    reason: '',
    target: '',
    segment: 'a',
    ...fields,
  };
}

/** Asks a resolution the questions that scenarios ask. Persons are called by the value of their strongest identifier. */
export function told(links: readonly Link[], rules: Partial<IdentityRules> = {}) {
  const { assignments, customers } = resolve(links, { ...DEFAULT_IDENTITY_RULES, ...rules }, 'shop');
  const name = (person_id: string) =>
    customers.find((customer) => customer.person_id === person_id)?.identifiers[0]?.value ?? 'nobody';
  const spanAt = (visitor_id: string, at: string) =>
    ownerAt(
      assignments.find((assignment) => assignment.visitor_id === visitor_id)?.spans ?? [],
      `${at}:00.000Z`,
    );
  return {
    customers,
    names: customers.map(({ identifiers }) => identifiers.map(({ value }) => value)).sort(),
    ownerOn: (visitor_id: string, at: string) => name(spanAt(visitor_id, at)?.person_id ?? ''),
    ruleOn: (visitor_id: string, at: string) => spanAt(visitor_id, at)?.rule ?? 'nobody',
  };
}
