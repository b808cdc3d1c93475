// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { options } from '../options.ts';
import { type Draft, see, settle, watch } from '../recorder.ts';
import { decide, setRecording } from '../recording.ts';
import { shelf } from '../shelf.ts';
import { used, whenUsed } from '../used.ts';
import { once } from './once.ts';

const kept: Draft[] = [];

describe('once', () => {
  beforeAll(() => {
    vi.useFakeTimers();
    // The first watcher hears last.
    watch((draft) => kept.push(draft));
    once(see);
    whenUsed(() => {});
  });
  afterEach(() => {
    vi.advanceTimersByTime(30_000);
    kept.length = 0;
  });

  it.each([
    ['cart_added', 'add_to_cart'],
    ['Product Added', 'cart_added'],
    ['product_added_to_cart', 'add_to_cart'],
    ['sign_up', 'signup_completed'],
    ['login', 'Login'],
  ])('makes one of %s and %s, with what both know', (first, second) => {
    see('cart', first, { quantity: '2' });
    see('dataLayer', second, { currency: 'VND' });
    expect(kept.map(({ name, reader, properties }) => [name, reader, properties])).toEqual([
      [first, 'cart,dataLayer', { quantity: '2', currency: 'VND' }],
    ]);
  });

  it('makes two of what one reader sees twice, and of what is seen twenty seconds apart', () => {
    see('cart', 'cart_added');
    see('cart', 'cart_added');
    vi.advanceTimersByTime(20_000);
    see('dataLayer', 'add_to_cart');
    expect(kept).toHaveLength(3);
  });

  it('makes one of what waits for consent as well', () => {
    options.consent = 'required';
    setRecording('required');
    see('cart', 'cart_added', { id: '42' });
    see('dataLayer', 'add_to_cart', { price: 1 });
    expect(kept.map(({ reader }) => reader)).toEqual(['cart,dataLayer']);
    Reflect.deleteProperty(options, 'consent');
  });

  it('forgets what it knew with a denial', () => {
    see('cart', 'cart_added', { id: '42' });
    decide('denied');
    settle();
    decide('granted');
    see('dataLayer', 'add_to_cart', { price: 1 });
    expect(kept.map(({ reader }) => reader)).toEqual(['cart', 'dataLayer']);
    expect(JSON.parse(shelf['tl_p']!).map(({ properties }: Draft) => properties)).toEqual([{ price: 1 }]);
  });

  const touch = (...types: string[]) => {
    for (const type of types) window.dispatchEvent(new Event(type));
  };

  it('knows an add that was told without properties', () => {
    see('script', 'add_to_cart', null as never);
    see('cart', 'cart_added', { id: '42' });
    expect(kept.map(({ reader, properties }) => [reader, properties])).toEqual([
      ['script,cart', { id: '42' }],
    ]);
  });

  it.each(['attribute', 'cart'])(
    'makes two of what %s sees and what the page tells of another touch',
    (reader) => {
      touch('pointerdown', 'click');
      see(reader, 'cart_added', { id: '42' });
      see('script', 'cart_added', { price: 1 });
      touch('pointerdown', 'click');
      see('script', 'cart_added', { id: '43' });
      expect(kept.map((one) => [one.reader, one.properties])).toEqual([
        [`${reader},script`, { id: '42', price: 1 }],
        ['script', { id: '43' }],
      ]);
    },
  );

  it('makes one of an add whose form leaves the page and what the next page tells by itself', () => {
    touch('pointerdown', 'click', 'submit');
    see('cart', 'cart_added', { id: '42' });
    see('script', 'cart_added', { price: 1 }, { used: 0 });
    expect(kept.map(({ reader }) => reader)).toEqual(['cart,script']);
  });

  it('gives a push to a refused add until the next touch, and after it to the add that comes then', () => {
    see('cart', 'cart_added', { refused: true });
    see('dataLayer', 'add_to_cart');
    see('cart', 'cart_added', { refused: true });
    touch('pointerdown', 'click');
    see('dataLayer', 'add_to_cart', { price: 1 });
    see('cart', 'cart_added', { id: '42' });
    expect(kept.map(({ reader, properties }) => [reader, properties])).toEqual([
      ['cart,dataLayer', { refused: true }],
      ['cart', { refused: true }],
      ['dataLayer,cart', { price: 1, id: '42' }],
    ]);
  });

  it('makes one of what a button’s attributes and its form’s request tell of one click', () => {
    touch('pointerdown', 'click');
    see('attribute', 'cart_added', { tlProductId: 'SKU-1' });
    touch('submit');
    see('cart', 'cart_added', { id: '42' });
    expect(kept.map(({ reader }) => reader)).toEqual(['attribute,cart']);
  });

  it('makes two of what attributes tell of one click and a request of the next', () => {
    touch('pointerdown', 'click');
    see('attribute', 'cart_added', { tlProductId: '77' });
    touch('pointerdown', 'click', 'submit');
    see('cart', 'cart_added', { id: '42' });
    see('dataLayer', 'add_to_cart', { currency: 'VND' });
    expect(kept.map(({ reader }) => reader)).toEqual(['attribute,dataLayer', 'cart']);
  });

  it('makes one of a button’s attributes and its request, however long the shop takes to answer', () => {
    touch('pointerdown', 'click');
    see('attribute', 'cart_added', { tlProductId: 'SKU-1' });
    const asked = { used };
    touch('pointerdown', 'click', 'pointerdown', 'click');
    see('attribute', 'cart_added', { tlProductId: 'SKU-2' });
    see('cart', 'cart_added', { id: '42' }, asked);
    see('cart', 'cart_added', { id: '43' });
    expect(kept.map(({ reader, properties }) => [reader, properties])).toEqual([
      ['attribute,cart', { tlProductId: 'SKU-1', id: '42' }],
      ['attribute,cart', { tlProductId: 'SKU-2', id: '43' }],
    ]);
  });

  it('keeps who it was of the first to tell, and sends it after what has gone', () => {
    const besides = { identity: { traits: { e256: '1' } } };
    see('form', 'login', {}, besides);
    see('dataLayer', 'login');
    see('dataLayer', 'sign_up');
    see('form', 'login', {}, besides);
    expect(kept.map(({ name, reader, identity }) => [name, reader, identity])).toEqual([
      ['login', 'form,dataLayer', besides.identity],
      ['sign_up', 'dataLayer,form', undefined],
      ['identify', 'form', besides.identity],
    ]);
  });

  it('makes one of an add that the shop tells by gtag and by a push as well', () => {
    see('cart', 'cart_added', { id: '42' });
    see('event', 'add_to_cart', { price: 9.5 });
    see('dataLayer', 'add_to_cart', { currency: 'VND' });
    expect(kept.map(({ reader, properties }) => [reader, properties])).toEqual([
      ['cart,event,dataLayer', { id: '42', price: 9.5, currency: 'VND' }],
    ]);
  });

  it('makes one of an add that two tools of the shop tell Google of, each for its own account', () => {
    const told = ['eventundefined', 'eventGLA'];
    for (const readers of [told, told.toReversed()]) {
      see('cart', 'cart_added', { id: '42' });
      for (const reader of readers) see(reader, 'add_to_cart', { price: 9.5 });
    }
    expect(kept.map(({ reader }) => reader)).toEqual([
      'cart,eventundefined,eventGLA',
      'cart,eventGLA,eventundefined',
    ]);
  });

  it('makes three of two adds, each told by the shop, and a click on a button of its own', () => {
    for (const id of ['1', '2']) {
      touch('pointerdown', 'click', 'submit');
      see('cart', 'cart_added', { id });
      see('dataLayer', 'add_to_cart', { price: id });
    }
    touch('pointerdown', 'click');
    see('attribute', 'cart_added', { tlProductId: 'SKU-3' });
    expect(kept.map(({ reader }) => reader)).toEqual(['cart,dataLayer', 'cart,dataLayer', 'attribute']);
  });

  it('makes two of two acts that two readers see one after the other', () => {
    see('cart', 'cart_added', { id: '1' });
    see('cart', 'cart_added', { id: '2' });
    see('dataLayer', 'add_to_cart', { price: 1 });
    see('dataLayer', 'add_to_cart', { price: 2 });
    expect(kept.map(({ reader, properties }) => [reader, properties])).toEqual([
      ['cart,dataLayer', { id: '1', price: 1 }],
      ['cart,dataLayer', { id: '2', price: 2 }],
    ]);
  });

  it.each([
    ['cart_added', 'add_payment_info'],
    ['cart_added', 'add_to_wishlist'],
    ['Product Added to Wishlist', 'cart_added'],
    ['add_to_cart_failed', 'add_to_cart'],
    ['signup_started', 'sign_up'],
    ['login_clicked', 'login'],
    ['design_updated', 'login'],
  ])('leaves %s and %s apart', (first, second) => {
    see('cart', first);
    see('dataLayer', second);
    expect(kept).toHaveLength(2);
  });
});
