import { expect, test } from 'vitest';
import { isProof, proofOf, siteSecret } from './proof.ts';

const secret = siteSecret('an-instance-secret', 'shop');

test('a proof is the HMAC-SHA256 of the user id with the site’s secret, as any language makes it', () => {
  // printf 42 | openssl dgst -sha256 -hmac key
  expect(proofOf('key', '42')).toBe('f2991b7ce981d0b5adc5e6a0f31acaeb407bfc21354bbcc31a0c43eaffa83d65');
});

test('a proof holds for its user and site alone', () => {
  const proof = proofOf(secret, 'ann');
  expect(isProof(secret, 'ann', proof)).toBe(true);
  expect(isProof(secret, 'ann', proof.toUpperCase())).toBe(true);
  expect(isProof(secret, 'bob', proof)).toBe(false);
  expect(isProof(siteSecret('an-instance-secret', 'other'), 'ann', proof)).toBe(false);
  expect(isProof(siteSecret('an-instance-secret', 'shop', 1), 'ann', proof)).toBe(false);
  expect(isProof(siteSecret('another', 'shop'), 'ann', proof)).toBe(false);
});

test.each([undefined, null, '', 42, 'ab', 'g'.repeat(64), {}])('%j is no proof', (proof) => {
  expect(isProof(secret, 'ann', proof)).toBe(false);
});

test('the secret of a site is the same every time', () => {
  expect(siteSecret('an-instance-secret', 'shop')).toBe(secret);
  expect(secret).toMatch(/^tlp_[\w-]{43}$/);
});
