import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalise } from './normalise.ts';

const accepted = (value: string) => ({ ok: true, value });
const refused = (reason: string) => ({ ok: false, reason });

describe('e-mail', () => {
  test.each([
    ['  Ann@Shop.VN ', 'ann@shop.vn'],
    ['Ａnn@shop.vn', 'ann@shop.vn'],
    ['ann@shop.vn\u200B', 'ann@shop.vn'],
    ['an.n+news@mail.shop.vn', 'an.n+news@mail.shop.vn'],
    ['ánh@thư.vn', 'ánh@thư.vn'],
  ])('%j becomes %j', (raw, value) => {
    expect(normalise('email', raw)).toEqual(accepted(value));
  });

  test.each([
    'ann',
    'ann@',
    '@shop.vn',
    'ann@shop',
    'a b@shop.vn',
    'ann@shop..vn',
    '.ann@shop.vn',
    'ann@-shop.vn',
    'ann@10.0.0.1',
    'a@b@c.vn',
    'Ann <ann@shop.vn>',
  ])('%j is no e-mail', (raw) => {
    expect(normalise('email', raw)).toEqual(refused('malformed'));
  });

  test.each(['test@test.com', 'TEST@shop.vn', 'null@shop.vn', 'undefined@shop.vn', 'a@a.com'])(
    '%j names nobody',
    (raw) => {
      expect(normalise('email', raw)).toEqual(refused('blocked'));
    },
  );
});

describe('phone', () => {
  test.each([
    ['+84 90 123 45 67', undefined, '+84901234567'],
    ['0084901234567', undefined, '+84901234567'],
    ['tel:+84-90-123-45-67', undefined, '+84901234567'],
    ['090.123.4567', '84', '+84901234567'],
    ['901234567', '84', '+84901234567'],
    ['84901234567', '84', '+84901234567'],
    ['090 123 4567', undefined, '0901234567'],
    ['+44 (0)20 7946 0958', undefined, '+442079460958'],
    ['06 698 12345', '39', '+390669812345'],
    ['٠', undefined, undefined],
    ['\u202A+84901234567\u202C', undefined, '+84901234567'],
  ])('%j with calling code %s becomes %s', (raw, calling_code, value) => {
    const result = normalise('phone', raw, calling_code === undefined ? {} : { calling_code });
    expect(result.ok ? result.value : undefined).toBe(value);
  });

  test.each([
    '0000000000',
    '1111111111',
    '0999999999',
    '0123456789',
    '12345',
    '+1234567890123456',
    '090 123 x4567',
  ])('%j names nobody', (raw) => {
    expect(normalise('phone', raw, { calling_code: '84' }).ok).toBe(false);
  });
});

describe('look-alikes', () => {
  test.each(['\u0430nn@shop.vn', 'ann@sh\u043Ep.vn', 'ann@shop.\u03BDn'])(
    'an e-mail that mixes Latin with letters that look like it is nobody’s: %j',
    (raw) => {
      expect(normalise('email', raw)).toEqual({ ok: false, reason: 'malformed' });
    },
  );

  test('an e-mail all in one script is somebody’s', () => {
    expect(normalise('email', 'анна@почта.рф')).toEqual({ ok: true, value: 'анна@почта.рф' });
  });

  test('an id with characters that nobody sees is the id without them', () => {
    expect(normalise('user_id', 'kh\u200B-00\uFEFF12')).toEqual({ ok: true, value: 'kh-0012' });
    expect(normalise('user_id', '\u200B\u200D')).toMatchObject({ ok: false });
  });
});

describe('user_id', () => {
  test.each([
    [' Ann-7 ', 'Ann-7'],
    ['7', '7'],
    ['1111', '1111'],
    [42, '42'],
    ['e\u0301', 'é'],
    ['a\u0000b', undefined],
    ['a\nb', undefined],
    ['\uD800', undefined],
    [{ id: 1 }, undefined],
    [Number.NaN, undefined],
    [true, undefined],
  ])('%j becomes %j', (raw, value) => {
    const result = normalise('user_id', raw);
    expect(result.ok ? result.value : undefined).toBe(value);
  });

  test.each([
    'null',
    'NULL',
    ' Undefined ',
    'anonymous',
    '0',
    '0000',
    '000-000',
    '00000000-0000-0000-0000-000000000000',
    '[object Object]',
    'xxx',
    '---',
    '99999999',
    '{{customer.id}}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of an unfilled template is what is tested.
    '${user.id}',
    '%%ID%%',
    '*|EMAIL|*',
    '<%= id %>',
    '"null"',
    "'undefined'",
    '(none)',
    '#N/A',
    '\\N',
    '-1',
    'ｎｕｌｌ',
    'Khách lẻ',
    'KHÁCH VÃNG LAI',
  ])('%j names nobody', (raw) => {
    expect(normalise('user_id', raw)).toEqual(refused('blocked'));
  });

  test.each(['O’Null', 'user-1', '#1', '(an)', 'null-42', '@user'])('%j names somebody', (raw) => {
    expect(normalise('user_id', raw)).toEqual(accepted(raw));
  });

  test.each([undefined, null, '', '   '])('%j is empty', (raw) => {
    expect(normalise('user_id', raw)).toEqual(refused('empty'));
  });

  test('a value the site blocks names nobody', () => {
    expect(normalise('user_id', 'Kasse-1', { blocked_values: ['kasse-1'] })).toEqual(refused('blocked'));
  });
});

test('text beyond the limit is refused, 10 KB of it at once', () => {
  expect(normalise('user_id', 'ab'.repeat(128)).ok).toBe(true);
  expect(normalise('user_id', `${'ab'.repeat(128)}c`)).toEqual(refused('too_long'));
  expect(normalise('email', 'a'.repeat(10_240))).toEqual(refused('too_long'));
});

test('normalising twice changes nothing, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.emailAddress(),
    fc.stringMatching(/^(\+|00|0)?[\d .()-]{5,18}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom('user_id', 'email', 'phone' as const), text, (kind, raw) => {
      const once = normalise(kind, raw, { calling_code: '84' });
      if (once.ok) expect(normalise(kind, once.value, { calling_code: '84' })).toEqual(once);
    }),
    { numRuns: 5_000 },
  );
});
