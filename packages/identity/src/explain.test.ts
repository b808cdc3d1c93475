import { DEFAULT_IDENTITY_RULES } from '@throughline/contract';
import { expect, test } from 'vitest';
import { explain } from './explain.ts';
import { link, user } from './fixture.ts';
import { ownerAt } from './owner-at.ts';
import { resolve } from './resolve.ts';

const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
const leaves = link('2', '2026-03-01T12:00', { session: '2026-03-01T10:00', kind: 'logout' });
const links = [ann, leaves];
const spans = resolve(links, DEFAULT_IDENTITY_RULES, 'shop').assignments[0]!.spans;
const at = (time: string) => ownerAt(spans, time)!;

test('names the rule, the link that decided and whom it named', () => {
  expect(explain(at('2026-02-01T10:00:00.000Z'), links)).toEqual({
    rule: 'identified_later',
    evidence: ann,
    identifiers: [user('ann')],
  });
});

test('late in the evidence’s own session the rule is the session’s', () => {
  const late = at('2026-03-01T11:00:00.000Z');
  expect(explain(late, links, 'another session').rule).toBe('identified_before');
  expect(explain(late, links, ann.session_id).rule).toBe('identified_in_session');
});

test('nobody has no evidence', () => {
  expect(explain(at('2026-03-02T10:00:00.000Z'), links)).toEqual({ rule: 'nobody', identifiers: [] });
});
