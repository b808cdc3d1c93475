import { DEFAULT_IDENTITY_RULES as rules } from '@throughline/contract';
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { email, link, order, user } from './fixture.ts';
import { ownerAt } from './owner-at.ts';
import { resolve } from './resolve.ts';

const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
const leaves = link('2', '2026-03-01T12:00', { session: '2026-03-01T10:00', kind: 'logout' });
const links = [ann, leaves];
const spans = resolve(links, rules, 'shop').assignments[0]!.spans;
const at = (time: string) => ownerAt(spans, time)!;

test('names the rule, the link that decided and whom it named', () => {
  expect(explain(at('2026-02-01T10:00:00.000Z'), links, { rules })).toEqual({
    rule: 'identified_later',
    evidence: ann,
    identifiers: [user('ann')],
    chain: [],
  });
});

test('late in the evidence’s own session the rule is the session’s', () => {
  const late = at('2026-03-01T11:00:00.000Z');
  expect(explain(late, links, { rules, session_id: 'another session' }).rule).toBe('identified_before');
  expect(explain(late, links, { rules, session_id: ann.session_id }).rule).toBe('identified_in_session');
});

test('nobody has no evidence', () => {
  const nobody = { rule: 'nobody', identifiers: [], chain: [] };
  expect(explain(at('2026-03-02T10:00:00.000Z'), links, { rules })).toEqual(nobody);
});

test('shows the links that lead from what was said here to who it is', () => {
  const bought = link('1', '2026-03-01T10:00', { visitor_id: 'guest', names: [order('1001')] });
  const paid = link('2', '2026-03-01T10:01', { visitor_id: '', names: [email('e1'), order('1001')] });
  const joined = link('3', '2026-04-01T10:00', { visitor_id: 'laptop', names: [user('ann'), email('e1')] });
  const aside = link('4', '2026-04-02T10:00', { visitor_id: 'laptop', names: [user('ann'), order('1002')] });
  const all = [aside, joined, paid, bought];
  const { assignments, customers } = resolve(all, rules, 'shop');
  const guest = assignments.find(({ visitor_id }) => visitor_id === 'guest')!;
  const span = ownerAt(guest.spans, '2026-03-01T10:00:00.000Z')!;
  const customer = customers[0]!;
  expect(explain(span, all, { rules, customer }).chain).toEqual([paid, joined]);
});
