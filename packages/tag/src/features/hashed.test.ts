import { createHash } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { options } from '../options.ts';
import { hashed } from './hashed.ts';

afterEach(() => {
  for (const name of ['plain', 'calling']) Reflect.deleteProperty(options, name);
});

/** The tag's way to write a hash. */
const hash = (text: string) => `${new Uint8Array(createHash('sha256').update(text).digest())}`;
const of = async (fields: Record<string, unknown>, id?: unknown) => {
  let safe: unknown;
  await hashed(
    fields,
    (found) => {
      safe = found;
    },
    id,
  );
  return safe;
};
const NUMBER = hash('+84912345678');

it.each<[string, object, string | undefined, object]>([
  [
    'an address',
    { email: ' An@Mail.example ', plan: 'gold' },
    undefined,
    { e256: hash('an@mail.example'), plan: 'gold' },
  ],
  ['a number', { phone: '0084 (912) 345.678' }, undefined, { p256: NUMBER }],
  ['a number by its other name', { phone_number: '+84 912-345-678' }, undefined, { p256: NUMBER }],
  ['both names of one', { phone: '+84912345678', phone_number: '1' }, undefined, { p256: NUMBER }],
  ['an id that is an address', {}, 'an@mail.example', { e256: hash('an@mail.example') }],
  ['an id that is a number', {}, '+84 912 345 678', { p256: NUMBER }],
  ['ids that begin like one', {}, '+84/ab9123456=', {}],
  ['a country’s prefix, which forms fill in', { phone: '+84' }, undefined, {}],
  ['a local number of an unknown country', { phone: '0912345678' }, undefined, {}],
])('knows %s', async (_what, fields, id, expected) => {
  expect(await of(fields as Record<string, unknown>, id)).toEqual(expected);
});

it('reads local numbers as those of the country that the page names', async () => {
  options.calling = '+84';
  expect(await of({ phone: '0912 345 678' })).toEqual({ p256: NUMBER });
});

it('hands over at once what holds neither, and what the site wants plain', () => {
  const seen: unknown[] = [];
  const see = (safe: unknown) => seen.push(safe);
  hashed({ plan: 'gold' }, see);
  hashed({}, see);
  options.plain = 'send';
  hashed({ email: 'an@mail.example', phone_number: '1' }, see, '+84912345678');
  expect(seen).toEqual([{ plan: 'gold' }, {}, { email: 'an@mail.example', phone_number: '1' }]);
});

it('breaks nothing by what is no text, and leaves it out', async () => {
  expect(await of({ phone: Symbol('x'), plan: 'gold' })).toEqual({ plan: 'gold' });
});
