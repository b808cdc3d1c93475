import { describe, expect, it } from 'vitest';
import type { Incoming } from '../steps/incoming.ts';
import { taken } from '../testing/take.ts';

/** As large as a body may be: 512 KB. */
const FIELDS = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`a${n}`, 1]));
const LONG = 'k'.repeat(200_000);

/** A container of containers, each under a long name. */
function nested(levels: number): object {
  let value: object = FIELDS;
  for (let level = 0; level < levels; level += 1) value = { ['k'.repeat(20_000)]: value };
  return value;
}
const values = (value: string) => Object.fromEntries(Array.from({ length: 128 }, (_, n) => [`k${n}`, value]));

describe('an event that is made to take long', () => {
  it.each<[string, Partial<Incoming>]>([
    ['fields below a long name', { properties: { [LONG]: FIELDS } }],
    ['fields below many long names', { properties: nested(9) }],
    ['fields without end', { properties: FIELDS }],
    ['a path of encoded at signs', { url: `https://shop.example/${'a%40'.repeat(1_990)}` }],
    ['a path of at signs', { url: `https://shop.example/${'a@'.repeat(3_980)}` }],
    ['values of encoded at signs', { properties: values('a%40'.repeat(500)) }],
    ['values that end in an at sign', { properties: values(`${'a'.repeat(1_999)}@`) }],
    ['values of dots behind an at sign', { properties: values(`x@${'a.'.repeat(999)}`) }],
    ['a title of at signs', { title: 'a%40'.repeat(100_000) }],
    ['a referrer of dots', { referrer: `https://${'a.'.repeat(3_990)}com/` }],
    ['a campaign of dots', { url: `https://shop.example/?utm_source=${'a.'.repeat(3_900)}` }],
    ['an e-mail address without end', { user_id: 'u', traits: { email: `a@${'a.'.repeat(100_000)}` } }],
    ['a phone number without end', { user_id: 'u', traits: { phone: '0'.repeat(200_000) } }],
    ['a user that is an address without end', { name: 'identify', user_id: `a@${'b.'.repeat(100_000)}` }],
    ['a name behind spaces', { name: `${' '.repeat(200_000)}x` }],
    ['control characters', { properties: { ['\u0001'.repeat(200_000)]: 1 } }],
    ['products without end', { properties: { products: Array(20_000).fill({}) } }],
  ])('for its %s, takes no second', (_what, call) => {
    const began = performance.now();
    taken(call);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it.each(['('.repeat(512), 'Mozilla/5.0 (Android '.repeat(30), `${'a;'.repeat(250)})`])(
    'for its user agent %#, takes no second',
    (user_agent) => {
      const began = performance.now();
      taken({}, { arrival: { user_agent } });
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );
});
