import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { nameOf, propertiesOf, withHex } from './tag-event.ts';

it.each([
  ['page_engaged', { lcp_ms: 4_000, inp_ms: 500, cls: 0.25 }, 'page_engaged'],
  ['page_engaged', { lcp_ms: 4_001 }, 'page_slow'],
  ['page_engaged', { inp_ms: 501 }, 'page_slow'],
  ['page_engaged', { cls: 0.26 }, 'page_slow'],
  ['link_clicked', { href: 'https://shop.example/a.pdf?x=1' }, 'file_clicked'],
  ['link_clicked', { href: 'https://shop.example/a.html' }, 'link_clicked'],
])('calls %s with %j %s', (name, properties, expected) => {
  expect(nameOf({ name, reader: 'page' }, properties)).toBe(expected);
  expect(nameOf({ name, reader: 'api' }, properties)).toBe(name);
});

it('writes attributes with underscores, and leaves out the name among them', () => {
  const event = { name: 'cart_added', reader: 'attribute' };
  expect(propertiesOf(event, { event: 'cart_added', 'product-id': '42' })).toEqual({ product_id: '42' });
});

it.each([
  [
    'Shopify',
    { id: '44', quantity: '2', product_id: '8' },
    { variant_id: '44', quantity: '2', product_id: '8' },
  ],
  [
    'WooCommerce',
    { 'add-to-cart': '12', qty: '3', variation_id: '13', id: '9' },
    { product_id: '12', quantity: '3', variant_id: '13' },
  ],
  ['PrestaShop', { id_product: '7' }, { product_id: '7' }],
])('knows what %s calls the parts of a product', (_platform, properties, expected) => {
  expect(propertiesOf({ name: 'cart_added', reader: 'cart,datalayer' }, properties)).toEqual(expected);
});

it('reads what was looked for in the page’s address', () => {
  const event = { name: 'search', reader: 'page', url: 'https://shop.example/?s=tr%C3%A0%20xanh&page=2' };
  expect(propertiesOf(event, undefined)).toEqual({ query: 'trà xanh' });
});

it('writes the tag’s hashes in hex, and leaves others alone', () => {
  const hash = createHash('sha256').update('an@mail.example').digest();
  expect(withHex({ email_sha256: hash.join(','), plan: 'gold' })).toEqual({
    email_sha256: hash.toString('hex'),
    plan: 'gold',
  });
  expect(withHex({ email_sha256: hash.toString('hex'), phone_sha256: '1,2' })).toEqual({
    email_sha256: hash.toString('hex'),
    phone_sha256: '1,2',
  });
});
