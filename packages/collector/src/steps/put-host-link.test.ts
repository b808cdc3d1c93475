import { siteSecret } from '@throughline/identity';
import { expect, it } from 'vitest';
import { linkToken } from '../linker/token.ts';
import { NOON, taken } from '../testing/take.ts';

const SECRET = siteSecret('of-the-instance', 'shop');
const TOKEN = linkToken(SECRET, { site: 'shop', visitor_id: '111', user_agent: '' }, NOON - 60_000)!;
const site = { site: 'shop', hosts: ['www.tea.example', 'pay.example'] };
const arrived = (call: object = {}, where: object = {}) =>
  taken(
    {
      visitor_id: '222',
      session_id: 's2',
      url: `https://pay.example/checkout?tlclid=${TOKEN}`,
      referrer: 'https://www.tea.example/',
      ...call,
    },
    { site, ...where },
  );

it('makes one browser’s visitors of the two hosts one customer’s, by a token that names the facts', () => {
  const { links, row } = arrived();
  const name = `link.${TOKEN.slice(-22)}`;
  const identifiers = [{ kind: 'checkout_token', value: name }];
  expect(links).toMatchObject([
    {
      event_id: `${name}.to`,
      kind: 'identify',
      visitor_id: '222',
      session_id: 's2',
      identifiers,
      proven: true,
    },
    {
      event_id: `${name}.from`,
      kind: 'identify',
      visitor_id: '111',
      session_id: '',
      identifiers,
      proven: true,
    },
  ]);
  expect(links!.map(({ time }) => Date.parse(time))).toEqual([NOON, NOON - 60_000]);
  expect(row.url).toBe('https://pay.example/checkout');
});

it.each([
  ['nothing led here', { referrer: '' }],
  ['a chat led here', { referrer: 'https://chat.example/' }],
  ['the same host led here', { referrer: 'https://pay.example/cart' }],
  ['it is no page', { name: 'cart_added' }],
  ['the visitor is the same', { visitor_id: '111' }],
  ['the token is cut', { url: `https://pay.example/checkout?tlclid=${TOKEN.slice(0, -1)}` }],
  ['there is none', { url: 'https://pay.example/checkout?tlclid=' }],
])('takes the event and joins nobody when %s', (_why, call) => {
  const { links, reason } = arrived(call);
  expect([links, reason]).toEqual([[], undefined]);
});

it('joins nobody half an hour later, in another browser, or on another site', () => {
  expect(arrived({}, { arrival: { received_ms: NOON + 30 * 60_000 } }).links).toEqual([]);
  expect(arrived({}, { arrival: { user_agent: 'Firefox' } }).links).toEqual([]);
  expect(arrived({}, { site: { ...site, site: 'other' } }).links).toEqual([]);
});
