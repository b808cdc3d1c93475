import { expect, test } from 'vitest';
import { hashIdentifier, identifier } from './identifier.ts';

/** printf %s ann@shop.vn | sha256sum */
const ANN = '058b8f2ce1bafadcaf1b7976596ac268d2921802e17231a7582c2a662c35dd0d';

test('e-mail and phone are kept as the SHA-256 of their normalised value', () => {
  expect(identifier('email', ' ANN@shop.vn')).toEqual({
    ok: true,
    identifier: { kind: 'email', value: ANN },
  });
  expect(identifier('phone', '0901234567', { calling_code: '84' })).toEqual({
    ok: true,
    identifier: { kind: 'phone', value: hashIdentifier('phone', '+84901234567') },
  });
});

test('a site that opted in keeps them readable', () => {
  expect(identifier('email', ' ANN@shop.vn', { plain: true })).toEqual({
    ok: true,
    identifier: { kind: 'email', value: 'ann@shop.vn' },
  });
});

test('a ready-made hash equals our own', () => {
  expect(identifier('email_sha256', ANN.toUpperCase())).toEqual(identifier('email', 'ann@shop.vn'));
});

test('every other kind is kept as it is', () => {
  expect(identifier('order_id', ' A-1001 ')).toEqual({
    ok: true,
    identifier: { kind: 'order_id', value: 'A-1001' },
  });
});

test.each([
  ['email_sha256', 'abc', 'malformed'],
  ['email_sha256', '', 'empty'],
  // The hash of nothing, and that of test@test.com.
  ['email_sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'blocked'],
  ['email_sha256', 'f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a', 'blocked'],
  ['email', 'nobody', 'malformed'],
] as const)('%s %j is refused as %s', (kind, raw, reason) => {
  expect(identifier(kind, raw)).toEqual({ ok: false, kind, reason });
});
