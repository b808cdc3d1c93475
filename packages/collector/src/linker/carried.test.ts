import { siteSecret } from '@throughline/identity';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrived, withChannel } from '../steps/arrived.ts';
import { SHOP as START } from '../testing/start.ts';
import { NOON, taken } from '../testing/take.ts';
import { arrivalOfVisit, CARRIED_CHARS_MAX, carriedArrival, carriedText, PARTS } from './carried.ts';
import { linkToken } from './token.ts';

const NOTHING = Object.fromEntries(PARTS.map((part) => [part, ''])) as Omit<Arrived, 'channel'>;
const AD = withChannel({ ...NOTHING, utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'tết' });

describe('what had brought a visitor', () => {
  it('is the same on the other side of a link', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 });
    const arrivals = fc
      .tuple(...PARTS.map((part) => fc.tuple(fc.constant(part), text)))
      .map((parts) => withChannel(Object.fromEntries(parts) as typeof NOTHING));
    fc.assert(
      fc.property(arrivals, (arrived) => {
        const said = carriedText(arrived);
        fc.pre(said !== '');
        expect(carriedArrival(said)).toEqual(arrived);
        expect(said).toMatch(/^[\w-]+$/);
        expect(said.length).toBeLessThanOrEqual(CARRIED_CHARS_MAX);
      }),
    );
  });

  it('is not carried when it is nothing, or longer than an address has room for', () => {
    expect(carriedText(withChannel(NOTHING))).toBe('');
    expect(carriedText({ ...AD, utm_content: 'x'.repeat(200), utm_term: 'y'.repeat(200) })).toBe('');
    expect(carriedArrival('')).toBeUndefined();
  });
});

const SECRET = siteSecret('of-the-instance', 'shop');
const site = { site: 'shop', hosts: ['www.tea.example', 'pay.example'] };
const tokenOf = (arrived: Arrived) =>
  linkToken(
    SECRET,
    { site: 'shop', visitor_id: '111', user_agent: '', carried: carriedText(arrived) },
    NOON - 60_000,
  )!;
const SHOP = 'https://www.tea.example/';

/** An event of a visit that began at the checkout by this address. */
const paid = (url: string, referrer = SHOP, arrival: object = {}) =>
  taken(
    { name: 'order_completed', visitor_id: '222', session_id: 's2', entry: { url, referrer } },
    { site, arrival },
  ).row;
const CHECKOUT = `https://pay.example/checkout?tlclid=${tokenOf(AD)}`;

describe('a visit to which another host of the site led', () => {
  it('came by what had brought the visitor there, also when the token has run out meanwhile', () => {
    const came = { channel: 'paid_search', utm_source: 'google', utm_campaign: 'tết', referrer_host: '' };
    expect(paid(CHECKOUT)).toMatchObject(came);
    expect(paid(CHECKOUT, SHOP, { received_ms: NOON + 3_600_000 })).toMatchObject(came);
    const found = withChannel({ ...NOTHING, referrer_host: 'google.com' });
    expect(paid(`https://pay.example/?tlclid=${tokenOf(found)}`)).toMatchObject({
      channel: 'organic_search',
      referrer_host: 'google.com',
    });
  });

  it('hands the same on to the next host', () => {
    const visit = { url: CHECKOUT, referrer: SHOP, user_agent: '', site_secret: SECRET };
    expect(arrivalOfVisit({ ...START, ...site }, visit)).toEqual(AD);
  });

  it('came by the campaign of its own address before that', () => {
    expect(paid(`${CHECKOUT}&utm_source=news`)).toMatchObject({ utm_source: 'news', utm_campaign: '' });
  });

  it.each([
    ['a chat led here', CHECKOUT, 'https://chat.example/', {}, 'referral'],
    ['nothing led here', CHECKOUT, '', {}, 'direct'],
    ['it is another browser', CHECKOUT, SHOP, { user_agent: 'other' }, 'direct'],
    ['the token is changed', `${CHECKOUT}A`, SHOP, {}, 'direct'],
    [
      'nothing had brought the visitor',
      CHECKOUT.replace(/tlclid=.*/, `tlclid=${tokenOf(withChannel(NOTHING))}`),
      SHOP,
      {},
      'direct',
    ],
  ])('has nothing of it when %s', (_why, url, referrer, where, channel) => {
    expect(paid(url, referrer, where)).toMatchObject({ channel, utm_source: '', utm_campaign: '' });
  });
});
