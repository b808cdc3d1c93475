import { describe, expect, it } from 'vitest';
import { named } from './wire.ts';

const ADDED = ['id', 'visitor', 'session', 3, { url: 'https://shop.example/' }, 'Title', ''];
const NAMED = {
  id: 'id',
  visitor: 'visitor',
  session: 'session',
  seq: 3,
  entry: { url: 'https://shop.example/' },
  title: 'Title',
  canonical: '',
};

describe('an event of the tag', () => {
  it('is read from a tuple, with short names or with long ones', () => {
    const identity = { user_id: '7', traits: { plan: 'gold' }, previous_id: '6', proof: 'ab' };
    const seen = { name: 'identify', at: 5, reader: 'api', properties: { p: 1 }, identity };
    const short = {
      name: 'identify',
      at: 5,
      r: 'api',
      p: { p: 1 },
      i: { u: '7', t: { plan: 'gold' }, b: '6', proof: 'ab' },
    };
    expect(named([seen, ...ADDED])).toEqual({ ...seen, ...NAMED });
    expect(named([short, ...ADDED])).toEqual({ ...seen, ...NAMED });
  });

  it('has short names among its properties only where the tag has written them', () => {
    const of = (r: string) =>
      (named([{ r, p: { no: true, w: [] } }, ...ADDED]) as { properties: object }).properties;
    expect(of('datalayer,cart')).toEqual({ refused: true, passwords: [] });
    expect(of('api')).toEqual({ no: true, w: [] });
  });

  it('has the readers’ own names, which the tag calls by the global that they listen to', () => {
    const of = (r: string) => (named([{ r }, ...ADDED]) as { reader: string }).reader;
    expect(
      [
        'jQuery,dataLayer',
        'Shopify',
        'analytics',
        'event,cart,dataLayer',
        'cart,dataLayerundefined,eventundefined,eventGLA',
        'eventG-1,AW-2/x,cart',
        'cart,script',
        'api',
        'form',
        'datalayer',
        'constructor',
      ].map(of),
    ).toEqual([
      'woocommerce,datalayer',
      'shopify',
      'segment',
      'datalayer,cart',
      'cart,datalayer',
      'datalayer,cart',
      'cart,api',
      'api',
      'form',
      'datalayer',
      'constructor',
    ]);
  });

  it('is what it was when it is no tuple, or one of nothing', () => {
    expect(named({ id: 'x' })).toEqual({ id: 'x' });
    expect(named(null)).toBe(null);
    expect(named(['x'])).toEqual(['x']);
    expect(named([null])).toEqual([null]);
  });
});
