import { IDENTIFIER_KINDS, type Identifier, type Link } from '@throughline/contract';
import fc from 'fast-check';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const iso = (minute: number) => new Date(START + minute * 60_000).toISOString();

const identifier: fc.Arbitrary<Identifier> = fc.record({
  kind: fc.constantFrom(...IDENTIFIER_KINDS, 'user_id', 'email'),
  value: fc.constantFrom('a', 'b', 'c', 'd', 'v1'),
});

const plainLink = fc
  .record({
    kind: fc.constantFrom(
      'identify',
      'identify',
      'identify',
      'identify',
      'logout',
      'alias',
      'join',
      'forget',
      'disown',
      'cut' as const,
    ),
    visitor_id: fc.constantFrom('', 'v0', 'v1', 'v2', 'v3'),
    session: fc.nat(3),
    started: fc.nat(2_000),
    minute: fc.oneof(fc.nat(2_000), fc.nat(500_000)),
    seq: fc.nat(2),
    identifiers: fc.array(identifier, { maxLength: 3 }),
    proven: fc.boolean(),
    trait: fc.constantFrom('x', 'y', 'z'),
    target: fc.nat(30),
  })
  .map(({ session, started, minute, trait, target, ...rest }) => ({
    ...rest,
    site: 's',
    session_id: session === 0 ? '' : `${rest.visitor_id}-${session}`,
    session_started_at: iso(Math.max(0, minute - started)),
    time: iso(minute),
    traits: { name: trait },
    source: 'tag',
    author: '',
    reason: '',
    target: rest.kind === 'cut' ? `e${target}` : rest.kind === 'disown' ? iso(minute) : '',
    segment: '',
  }));

/** Links of a small, crowded world where everything meets everything: contradictory clocks and overlaps included. */
export const anyLinks: fc.Arbitrary<Link[]> = fc
  .array(plainLink, { maxLength: 30 })
  .map((links) => links.map((link, index): Link => ({ ...link, event_id: `e${index}` })));

/** The same links in another order, some of them several times, each from any segment. */
export const shuffled = (links: readonly Link[]): fc.Arbitrary<Link[]> =>
  fc
    .array(fc.nat(Math.max(0, links.length - 1)), { maxLength: 20 })
    .map((again) => [...links, ...again.flatMap((index) => links[index] ?? [])])
    .chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }))
    .map((all) => all.map((link, index) => ({ ...link, segment: `${index % 3}` })));
