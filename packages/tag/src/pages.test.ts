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

  it('does not take a new state of the same address, or a parameter that is not kept, for a page', () => {
    start();
    history.replaceState({ scroll: 9 }, '', '/');
    history.pushState({}, '', '/?color=red');
    history.pushState({}, '', '/#reviews');
    history.replaceState({}, '', '/?q=shoe');
    expect(paths()).toEqual(['/', '/?q=shoe']);
  });

  it('takes a new hash for a page by option', () => {
    start({ hash: true });
    history.pushState({}, '', '/#/cart');
    expect(paths()).toEqual(['/', '/#/cart']);
  });

  it('waits with a prepared page until it is shown', () => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
    start();
    expect(seen).toEqual([]);
    document.dispatchEvent(new Event('prerenderingchange'));
    expect(paths()).toEqual(['/']);
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
