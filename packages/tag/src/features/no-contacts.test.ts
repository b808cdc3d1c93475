import fc from 'fast-check';
import { expect, it } from 'vitest';
import { options } from '../options.ts';
import { textOfPieces } from '../testing/pieces.ts';
import { withoutContacts } from './no-contacts.ts';

const left = (value: unknown): unknown => JSON.parse(withoutContacts(JSON.stringify(value)));

it('empties texts that hold an address, and those under the name of a phone', () => {
  expect(
    left({
      user_id: 'an@mail.example',
      traits: {
        email: ' an+shop@mail.example ',
        phone: '0912 345 678',
        phone_number: '(091) 2345',
        city: 'Hà Nội',
      },
      properties: { tlPhoneNumber: '091 2345', note: 'ask an@mail.example' },
    }),
  ).toEqual({
    user_id: '',
    traits: { email: '', phone: '', phone_number: '', city: 'Hà Nội' },
    properties: { tlPhoneNumber: '', note: '' },
  });
});

it('leaves everything else as it is', () => {
  const other = {
    phone_model: 'X 15',
    phone_price: 1.5,
    phone: 1e21,
    name: 'say "phone": "x"',
    title: 'Tea @ home',
    url: 'https://shop.example/@an',
    list: ['@an', null, true, 'a\\@b'],
  };
  expect(left(other)).toEqual(other);
});

it('takes nothing out where the site has opted in to plain contacts', () => {
  Object.assign(options, { plain: 'send' });
  const contacts = { email: 'an@mail.example', phone: '0912345678' };
  expect(left(contacts)).toEqual(contacts);
  Object.assign(options, { plain: undefined });
});

const text = textOfPieces('"phone":"');
const key = fc.oneof(text, fc.constantFrom('phone', 'phone_number', 'email'));

it('leaves JSON of the same shape, whatever the texts', () => {
  const shape = (value: unknown): unknown =>
    value !== null && typeof value === 'object' ? Object.values(value).map(shape) : typeof value;
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(key, fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true })))),
      (list) => {
        const kept = list.map((fields) =>
          Object.fromEntries(Object.entries(fields).filter(([name]) => !name.includes('@'))),
        );
        expect(shape(left(kept))).toEqual(shape(kept));
        const [again] = left([{ email: 'an@mail.example', of: kept }]) as { email: string }[];
        expect(again!.email).toBe('');
      },
    ),
    { numRuns: 2_000 },
  );
});
