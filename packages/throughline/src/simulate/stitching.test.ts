import { DEFAULT_IDENTITY_RULES, type Link, type LinkKind, sessionStart } from '@throughline/contract';
import { identifier, ownerAt, type RawKind, resolve } from '@throughline/identity';
import { expect, test } from 'vitest';
import type { Call } from './call.ts';
import { simulate } from './simulate.ts';

const { calls, truth } = simulate({
  seed: 11,
  days: 120,
  people: 3_000,
  start: '2026-07-01',
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
});

/** The evidence in a call, read as the collector reads it. */
function linkOf(call: Call): Link | undefined {
  const told: [RawKind, unknown][] = [
    ['user_id', call.userId],
    ['email', call.traits?.['email'] ?? call.properties?.['email']],
    ['phone', call.traits?.['phone']],
    ['order_id', call.event === 'order_completed' ? call.properties!['order_id'] : undefined],
  ];
  const identifiers = told.flatMap(([kind, value]) => {
    const result = identifier(kind, value);
    return result.ok ? [result.identifier] : [];
  });
  const kind: LinkKind | undefined =
    call.event === 'logout' ? 'logout' : identifiers.length > 0 ? 'identify' : undefined;
  if (kind === undefined) return undefined;
  const session_id = (call.context['sessionId'] as string | undefined) ?? '';
  return {
    site: 's',
    event_id: call.messageId,
    kind,
    visitor_id: call.anonymousId ?? `s_${call.userId}`,
    session_id,
    session_started_at:
      session_id === '' ? call.timestamp : new Date(sessionStart(session_id)!).toISOString(),
    time: call.timestamp,
    seq: 0,
    identifiers,
    traits: {},
    proven: true,
    source: 'server',
    author: '',
    reason: '',
    target: '',
    segment: '',
  };
}

const all = [...calls];
const resolution = resolve(
  all.flatMap((call) => linkOf(call) ?? []),
  DEFAULT_IDENTITY_RULES,
  's',
);
const spans = new Map(resolution.assignments.map((one) => [one.visitor_id, one.spans]));

/** The person each call is given to, the visitor where nobody claims it. */
const personOf = (call: Call): string => {
  const visitor = call.anonymousId ?? `s_${call.userId}`;
  return ownerAt(spans.get(visitor) ?? [], call.timestamp)?.person_id || visitor;
};

/** Counts the pairs (person, persona) over all calls of people. */
function table(): Map<string, Map<number, number>> {
  const counts = new Map<string, Map<number, number>>();
  for (const [number, call] of all.entries()) {
    const persona = truth.events[number]!;
    if (persona === -1) continue;
    const person = personOf(call);
    const row = counts.get(person) ?? new Map<number, number>();
    counts.set(person, row.set(persona, (row.get(persona) ?? 0) + 1));
  }
  return counts;
}

test('of a thousand calls at most two are given to somebody else', () => {
  let right = 0;
  let wrong = 0;
  for (const row of table().values()) {
    const largest = Math.max(...row.values());
    right += largest;
    wrong += [...row.values()].reduce((sum, count) => sum + count, 0) - largest;
  }
  expect(wrong / (right + wrong)).toBeLessThan(0.002);
});

test('a known customer mixes two people only where a family shares a tablet', () => {
  const shared = new Set(Object.values(truth.visitors).flatMap((hands) => (hands.length > 1 ? hands : [])));
  for (const [person, row] of table()) {
    if (!person.startsWith('p_') || row.size === 1) continue;
    for (const persona of row.keys()) expect(shared).toContain(persona);
  }
});

test('nearly everybody who ever said who they are is one person with all that they did while known', () => {
  const persons = new Map<number, Set<string>>();
  for (const [person, row] of table()) {
    if (!person.startsWith('p_')) continue;
    for (const persona of row.keys()) persons.set(persona, (persons.get(persona) ?? new Set()).add(person));
  }
  const whole = [...persons.values()].filter((ids) => ids.size === 1).length;
  expect(whole / persons.size).toBeGreaterThan(0.95);
});

test('the resolver finds about as many customers as people who said who they are', () => {
  const known = new Set<number>();
  for (const [number, call] of all.entries()) {
    if ((linkOf(call)?.identifiers.length ?? 0) > 0) known.add(truth.events[number]!);
  }
  expect(resolution.customers.length / known.size).toBeGreaterThan(0.98);
  expect(resolution.customers.length / known.size).toBeLessThan(1.06);
});
