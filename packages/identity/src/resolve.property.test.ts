import { DEFAULT_IDENTITY_RULES, type IdentityRules, type Link } from '@throughline/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyLinks, shuffled } from './arbitrary.ts';
import { closure } from './closure.ts';
import { identifierKey } from './fact.ts';
import { type Resolution, resolve } from './resolve.ts';

const anyRules: fc.Arbitrary<IdentityRules> = fc
  .record({
    email: fc.record({
      strength: fc.constantFrom('strong', 'weak'),
      max_customers: fc.constantFrom(0, 1, 2, 3),
    }),
    look_back_days: fc.constantFrom(0, 1, 90),
    look_back_alone_days: fc.constantFrom(0, 90, 365),
    visitor_customers_max: fc.constantFrom(1, 2, 6),
    logout_ends_ownership: fc.boolean(),
    proof_required: fc.boolean(),
  })
  .map(({ email, ...rest }) => ({
    ...DEFAULT_IDENTITY_RULES,
    ...rest,
    kinds: { ...DEFAULT_IDENTITY_RULES.kinds, email },
  }));

test('any order and any duplication of the links give the same answer', () => {
  const cases = anyLinks.chain((links) => fc.tuple(fc.constant(links), shuffled(links), anyRules));
  fc.assert(
    fc.property(cases, ([links, other, rules]) => {
      expect(resolve(other, rules, 's')).toEqual(resolve(links, rules, 's'));
    }),
    { numRuns: 3_000 },
  );
});

/** What an incremental caller keeps: it replaces what hangs together with the new links, and nothing else. */
function incrementally(batches: readonly Link[][], rules: IdentityRules): Resolution {
  const stored: Link[] = [];
  let kept: Resolution = { assignments: [], customers: [] };
  for (const batch of batches) {
    stored.push(...batch);
    const part = closure(stored, {
      visitors: batch.map((link) => link.visitor_id).filter((visitor) => visitor !== ''),
      identifiers: batch.flatMap((link) => link.identifiers),
      facts: batch.flatMap((link) => [link.event_id, link.target]),
    });
    const visitors = new Set(part.map((link) => link.visitor_id));
    const identifiers = new Set(part.flatMap((link) => link.identifiers).map(identifierKey));
    const fresh = resolve(part, rules, 's');
    kept = {
      assignments: [...kept.assignments.filter((one) => !visitors.has(one.visitor_id)), ...fresh.assignments],
      customers: [
        ...kept.customers.filter(
          (customer) => !customer.identifiers.some((one) => identifiers.has(identifierKey(one))),
        ),
        ...fresh.customers,
      ],
    };
  }
  return {
    assignments: kept.assignments.sort((a, b) => (a.visitor_id < b.visitor_id ? -1 : 1)),
    customers: kept.customers.sort((a, b) => (a.person_id < b.person_id ? -1 : 1)),
  };
}

test('resolving only what each batch touches equals resolving everything at the end', () => {
  const cases = anyLinks.chain((links) =>
    fc.tuple(
      fc.constant(links),
      shuffled(links),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }),
      anyRules,
    ),
  );
  fc.assert(
    fc.property(cases, ([links, arriving, sizes, rules]) => {
      const batches: Link[][] = [];
      for (let at = 0, turn = 0; at < arriving.length; turn += 1) {
        const size = sizes[turn % sizes.length]!;
        batches.push(arriving.slice(at, at + size));
        at += size;
      }
      expect(incrementally(batches, rules)).toEqual(resolve(links, rules, 's'));
    }),
    { numRuns: 1_500 },
  );
});

test('spans rise strictly, and every person in them is a customer', () => {
  fc.assert(
    fc.property(anyLinks, anyRules, (links, rules) => {
      const { assignments, customers } = resolve(links, rules, 's');
      const known = new Set(customers.map((customer) => customer.person_id));
      for (const { spans } of assignments) {
        expect(spans.length).toBeGreaterThan(0);
        for (const [index, span] of spans.entries()) {
          if (index > 0) expect(span.from > spans[index - 1]!.from).toBe(true);
          const nobodys = span.rule === 'nobody' || span.rule === 'disowned';
          expect(nobodys ? span.person_id === '' : known.has(span.person_id)).toBe(true);
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('two user_ids are one customer only if an alias or a join connects them', () => {
  const weakOnly = anyLinks.map((links) =>
    links.map((link) => {
      const first = link.identifiers.find((one) => one.kind === 'user_id');
      const others = link.identifiers.filter((one) => one.kind !== 'user_id');
      const kind = link.kind === 'alias' || link.kind === 'join' ? 'identify' : link.kind;
      return { ...link, kind, identifiers: first === undefined ? others : [first, ...others] } as Link;
    }),
  );
  fc.assert(
    fc.property(weakOnly, (links) => {
      for (const { identifiers } of resolve(links, DEFAULT_IDENTITY_RULES, 's').customers) {
        expect(identifiers.filter((one) => one.kind === 'user_id').length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('no identifier names two customers', () => {
  fc.assert(
    fc.property(anyLinks, anyRules, (links, rules) => {
      const keys = resolve(links, rules, 's').customers.flatMap((customer) =>
        customer.identifiers.map(identifierKey),
      );
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 1_000 },
  );
});
