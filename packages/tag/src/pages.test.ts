// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Options } from './options.ts';
import { pages } from './pages.ts';
import type { Sighting, Undo } from './sighting.ts';
import { setAddress } from './testing/address.ts';
import { testHost } from './testing/host.ts';

const host = testHost(window as never);
let undo: Undo = () => {};
let seen: (Sighting & { path: string })[];

function start(options: Partial<Options> = {}) {
  const feature = pages(
    host,
    { site: 'shop', endpoint: '/e', ...options },
    (sighting) => seen.push({ ...sighting, path: window.location.href.replace('https://shop.example', '') }),
    () => {},
  );
  undo = feature.undo;
  return feature;
}
const paths = () => seen.map(({ path }) => path);

describe('pages', () => {
  beforeEach(() => {
    seen = [];
    setAddress(window, 'https://shop.example/');
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
  });
  afterEach(() => undo());

  it('takes another path for a page, whichever method leads there', () => {
    start();
    history.pushState({}, '', '/a');
    history.replaceState({}, '', '/b');
    expect(paths()).toEqual(['/', '/a', '/b']);
  });

  it.each([
    ['a new state of the same address', '/?utm_source=ad'],
    ['campaign parameters taken out', '/'],
    ['a search written while somebody types', '/?q=sho'],
    ['a parameter that never leaves the browser', '/?color=red'],
    ['a hash', '/#reviews'],
  ])('does not take for a page: %s', (_what, address) => {
    setAddress(window, 'https://shop.example/?utm_source=ad');
    start();
    history.replaceState({}, '', address);
    history.pushState({}, '', address);
    expect(paths()).toEqual(['/?utm_source=ad']);
  });

  it('takes another value of a parameter that the site has named for a page', () => {
    setAddress(window, 'https://shop.example/index.php?id=1');
    start({ params: 'id' });
    history.pushState({}, '', '/index.php?id=2');
    expect(paths()).toEqual(['/index.php?id=1', '/index.php?id=2']);
  });

  it('gives each page the one before as its referrer, in manual mode too', () => {
    const { view } = start({ pages: 'manual' });
    view();
    history.pushState({}, '', '/cart?utm_source=x');
    view();
    history.pushState({}, '', '/checkout');
    view();
    expect(seen.map(({ referrer }) => referrer)).toEqual([
      '',
      'https://shop.example/',
      'https://shop.example/cart?utm_source=x',
    ]);
  });

  it('takes a new hash for a page by option', () => {
    start({ hash: true });
    history.pushState({}, '', '/#/cart');
    expect(paths()).toEqual(['/', '/#/cart']);
  });

  it('waits with a prepared page until it is shown', () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    start();
    history.replaceState({}, '', '/prepared');
    expect(seen).toEqual([]);
    Object.defineProperty(document, 'prerendering', { value: false, configurable: true });
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(paths()).toEqual(['/prepared']);
  });

  it('records only what it is told to in manual mode', () => {
    const { view } = start({ pages: 'manual' });
    history.pushState({}, '', '/cart');
    expect(seen).toEqual([]);
    view({ template: 'cart' });
    expect(seen).toMatchObject([{ name: 'page_viewed', properties: { template: 'cart' } }]);
  });

  it('gives history back, and leaves a patch that another script has put over it working', () => {
    const before = history.pushState;
    start();
    const ours = history.pushState;
    history.pushState = function (...parameters) {
      ours.apply(this, parameters);
    };
    const theirs = history.pushState;
    undo();
    history.pushState({}, '', '/cart');
    expect(window.location.pathname).toBe('/cart');
    expect(history.pushState).toBe(theirs);
    expect(paths()).toEqual(['/']);
    history.pushState = before;
  });
});
