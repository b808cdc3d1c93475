import fc from 'fast-check';
import { expect, it } from 'vitest';
import { options } from '../options.ts';
import { textOfPieces } from '../testing/pieces.ts';
import { withoutContacts } from './identity.ts';

const scrubbed = (value: unknown): unknown => JSON.parse(withoutContacts(JSON.stringify(value)));

it.each([
  ['an@mail.example', ''],
  ['ask an.nguyen+shop@mail.co.example now', 'ask  now'],
  ['/account?mail=an%40mail.example&x=1', '/account?mail=&x=1'],
  ['line\nan@mail.example\tend', 'line\n\tend'],
  ['"an@mail.example"', '""'],
  ['C:\\an@mail.example', 'C:\\'],
  ['/@name and a@b', '/@name and a@b'],
  ['call +84 912 345 678 now', 'call now'],
  ['tel:+84-912-345-678', 'tel:'],
  ['/?q=+84912345678', '/?q='],
  // A plus within a query is a space.
  [
    '/?utm_campaign=sale+2026-11-27&q=ean+4006381333931',
    '/?utm_campaign=sale+2026-11-27&q=ean+4006381333931',
  ],
  ['S24+128-256-512, +5 and +12345', 'S24+128-256-512, +5 and +12345'],
])('makes %j %j', (text, expected) => {
  expect(scrubbed([text])).toEqual([expected]);
});

it('takes nothing out where the site has opted in to plain contacts', () => {
  Object.assign(options, { plain: 'send' });
  expect(scrubbed(['an@mail.example', '+84 912 345 678'])).toEqual(['an@mail.example', '+84 912 345 678']);
  Object.assign(options, { plain: undefined });
});

it('takes addresses out of keys as well, and leaves numbers, lists and other texts as they are', () => {
  expect(scrubbed({ 'an@mail.example': 1, list: [1.5, null, true, 'tea'], 'a"b\\': '\u0001' })).toEqual({
    '': 1,
    list: [1.5, null, true, 'tea'],
    'a"b\\': '\u0001',
  });
});

const text = textOfPieces('an@mail.example', '+84 912 345 678');

it('leaves JSON in which no address is left, whatever the texts', () => {
  fc.assert(
    fc.property(fc.array(text), (texts) => {
      const left = scrubbed(texts) as string[];
      expect(left).toHaveLength(texts.length);
      expect(left.join(' ')).not.toContain('an@mail.example');
    }),
    { numRuns: 2_000 },
  );
});
