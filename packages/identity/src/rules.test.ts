import { DEFAULT_IDENTITY_RULES } from '@throughline/contract';
import { expect, test } from 'vitest';
import { rulesOf } from './rules.ts';

test('a site without rules of its own lives by the defaults', () => {
  expect(rulesOf({})).toEqual(DEFAULT_IDENTITY_RULES);
});

test('a site’s own kind replaces that kind and leaves the others', () => {
  const rules = rulesOf({
    identity: { kinds: { email: { strength: 'strong', max_customers: 1 } }, look_back_days: 7 },
  });
  expect(rules.look_back_days).toBe(7);
  expect(rules.kinds.email).toEqual({ strength: 'strong', max_customers: 1 });
  expect(rules.kinds.phone).toEqual(DEFAULT_IDENTITY_RULES.kinds.phone);
});

test('a look-back that a site chose holds for browsers of one’s own too, unless it chose that one', () => {
  expect(rulesOf({ identity: { look_back_days: 7 } }).look_back_alone_days).toBe(7);
  expect(rulesOf({ identity: { look_back_days: 7, look_back_alone_days: 30 } }).look_back_alone_days).toBe(
    30,
  );
});
