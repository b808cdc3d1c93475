import { describe, expect, it } from 'vitest';
import { cleanUrl } from './clean-url.ts';
import { type Options, options } from './options.ts';

const clean = (address: string, given: Partial<Options> = {}) => {
  Object.assign(options, { params: undefined, hash: undefined }, given);
  return cleanUrl(address);
};

describe('cleanUrl', () => {
  it.each([
    [
      'https://shop.example/p/1?utm_source=a&utm_medium=b&x=1',
      'https://shop.example/p/1?utm_source=a&utm_medium=b',
    ],
    [
      'https://shop.example/?gclid=1&fbclid=2&msclkid=3&ttclid=4&wbraid=5&zarsrc=6',
      'https://shop.example/?gclid=1&fbclid=2&msclkid=3&ttclid=4&wbraid=5&zarsrc=6',
    ],
    [
      'https://shop.example/search?q=gi%C3%A0y%20da&sort=price',
      'https://shop.example/search?q=gi%C3%A0y%20da',
    ],
    ['https://shop.example/reset?token=abc&email=a%40b.example', 'https://shop.example/reset'],
    ['https://shop.example/#access_token=abc', 'https://shop.example/'],
    ['https://shop.example:8443/black&white?x=1', 'https://shop.example:8443/black&white'],
    ['https://shop.example/?x=1&client_id=2&utm_source=a#b', 'https://shop.example/?&utm_source=a'],
  ])('of %s lets out %s', (address, expected) => {
    expect(clean(address)).toBe(expected);
  });

  it.each([
    ['https://shop.example/u/an.nguyen@mail.example/orders', 'https://shop.example/u//orders'],
    ['https://shop.example/?q=an%40mail.example', 'https://shop.example/?q='],
    ['https://shop.example/?q=an%2540mail.example', 'https://shop.example/?q='],
    [
      'https://shop.example/?utm_content=AN@MAIL.EXAMPLE&utm_source=x',
      'https://shop.example/?utm_content=&utm_source=x',
    ],
    ['https://shop.example/@brand', 'https://shop.example/@brand'],
  ])('cuts an e-mail address out of %s', (address, expected) => {
    expect(clean(address)).toBe(expected);
  });

  it('keeps the parameters that the page names besides', () => {
    const address = 'https://shop.example/index.php?route=product&product_id=4&token=1';
    expect(clean(address, { params: 'route|product_id' })).toBe(
      'https://shop.example/index.php?route=product&product_id=4',
    );
  });

  it('keeps the fragment by option, and none that carries a parameter', () => {
    expect(clean('https://shop.example/#/cart', { hash: 'page' })).toBe('https://shop.example/#/cart');
    expect(clean('https://shop.example/#/in?token=1', { hash: 'page' })).toBe('https://shop.example/');
    expect(clean('https://shop.example/#token=1', { hash: 'page' })).toBe('https://shop.example/');
  });

  it('gives nothing for no address', () => {
    expect(clean('')).toBe('');
  });

  it('stops at the longest address the contract takes, and takes no long time for it', () => {
    expect(clean(`https://shop.example/${'a'.repeat(500_000)}`)).toHaveLength(4000);
  });
});
