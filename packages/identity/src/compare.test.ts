import { DEFAULT_IDENTITY_RULES } from '@throughline/contract';
import { expect, test } from 'vitest';
import { compare } from './compare.ts';
import { email, link, user } from './fixture.ts';
import { personId } from './person-id.ts';
import { resolve } from './resolve.ts';

const links = [
  link('1', '2026-03-01T10:00', { visitor_id: 'a', names: [user('ann'), email('e1')] }),
  link('2', '2026-03-02T10:00', { visitor_id: 'b', names: [email('e1'), email('e2')] }),
];
const under = (max_customers: number) =>
  resolve(
    links,
    {
      ...DEFAULT_IDENTITY_RULES,
      kinds: { ...DEFAULT_IDENTITY_RULES.kinds, email: { strength: 'weak', max_customers } },
    },
    'shop',
  ).customers;
const join = link('3', '2026-03-03T10:00', {
  kind: 'join',
  visitor_id: '',
  names: [user('ann'), email('e3')],
});
const stranger = link('4', '2026-03-03T10:00', { visitor_id: 'c', names: [email('e3')] });

const ann = personId('shop', user('ann'));

test('a join shows whom it makes one', () => {
  const apart = resolve([...links, stranger], DEFAULT_IDENTITY_RULES, 'shop').customers;
  const together = resolve([...links, stranger, join], DEFAULT_IDENTITY_RULES, 'shop').customers;
  const both = [ann, personId('shop', email('e3'))].sort();
  expect(compare(apart, together)).toEqual({ joined: [{ person_id: ann, from: both }], split: [] });
  expect(compare(together, apart)).toEqual({ joined: [], split: [{ person_id: ann, into: both }] });
});

test('the same people are neither joined nor split', () => {
  expect(compare(under(3), under(3))).toEqual({ joined: [], split: [] });
});

test('an identifier that stops to count splits nobody who is left with one name', () => {
  expect(compare(under(3), under(0))).toEqual({ joined: [], split: [] });
});
