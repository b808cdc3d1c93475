// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest';
import { language } from '../state/language.ts';
import { toldBy } from './told-by.ts';

afterEach(() => {
  language.value = 'en';
});

it('names each reader of the tag, and whoever else it was', () => {
  language.value = 'en';
  expect(toldBy({ source: 'tag', reader: 'cart,datalayer' })).toBe(
    'the cart’s form or request, the dataLayer',
  );
  expect(toldBy({ source: 'server', reader: 'track' })).toBe('a server');
  expect(toldBy({ source: 'webhook', reader: 'shopify' })).toBe('a webhook');
  expect(toldBy({ source: 'tag', reader: '' })).toBe('the tag');
  language.value = 'vi';
  expect(toldBy({ source: 'tag', reader: 'form' })).toBe('biểu mẫu');
});

it('shows the beginning of a reader that a page invented', () => {
  expect(toldBy({ source: 'tag', reader: 'x'.repeat(40) })).toBe('x'.repeat(24));
  expect(toldBy({ source: 'tag', reader: 'constructor' })).toBe('constructor');
});
