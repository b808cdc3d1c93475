import type { Customer, Identifier } from '@throughline/contract';
import { expect, test } from 'vitest';
import { email, user } from './fixture.ts';
import { follow } from './follow.ts';

const customer = (person_id: string, identifiers: Identifier[]): Customer => ({
  site: 'shop',
  person_id,
  identifiers,
  traits: {},
  first_identified_at: '2026-03-01T10:00:00.000Z',
  last_identified_at: '2026-03-01T10:00:00.000Z',
});
const ann = customer('p_ann', [user('ann')]);
const guest = customer('p_guest', [email('e1')]);
const both = customer('p_ann', [user('ann'), email('e1')]);

test('of two who become one, what was the nameless one’s has moved', () => {
  const moved = follow([ann, guest], [both]);
  expect(moved('p_ann', 'p_ann')).toBe(false);
  expect(moved('p_guest', 'p_ann')).toBe(true);
});

test('of one who becomes two, what the heir does not get has moved', () => {
  const moved = follow([both], [ann, guest]);
  expect(moved('p_ann', 'p_ann')).toBe(false);
  expect(moved('p_ann', 'p_guest')).toBe(true);
});

test('a person who is only called otherwise has nothing moved', () => {
  const renamed = customer('p_new', [user('aaron'), user('ann')]);
  const moved = follow([ann], [{ ...renamed, identifiers: [user('ann'), user('zoe')] }]);
  expect(moved('p_ann', 'p_new')).toBe(false);
});

test('what a stranger did and a customer gets has moved, and the other way round', () => {
  const moved = follow([ann], [ann]);
  expect(moved('v1', 'v1')).toBe(false);
  expect(moved('v1', 'p_ann')).toBe(true);
  expect(moved('p_ann', 'v1')).toBe(true);
});
