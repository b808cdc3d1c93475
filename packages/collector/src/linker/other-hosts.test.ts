import { expect, it } from 'vitest';
import { otherHosts } from './other-hosts.ts';

const HOSTS = ['shop.example', 'www.shop.example', 'checkout-pay.example', '*.eu.example'];
const told = (page: string, host: string, hosts = HOSTS) => {
  const pattern = otherHosts(page, hosts);
  return pattern !== '' && new RegExp(pattern).test(host);
};

it.each(['checkout-pay.example', 'checkout-pay.example:8443', 'a.eu.example', 'b.a.eu.example'])(
  'a page of the shop may lead to %s',
  (host) => expect(told('www.shop.example', host)).toBe(true),
);

it.each([
  'www.shop.example',
  'checkoutXpay.example',
  'checkout-payXexample',
  'checkout-pay.example.evil.example',
  'evil-checkout-pay.example',
  'eu.example',
  'evileu.example',
  '',
])('but not to %s', (host) => expect(told('www.shop.example', host)).toBe(false));

it('names none where a cookie reaches all hosts, the page is on none of them, or none is listed', () => {
  expect(otherHosts('www.shop.example', ['shop.example', '*.shop.example'])).toBe('');
  expect(otherHosts('www.else.example', HOSTS)).toBe('');
  expect(otherHosts('www.shop.example', [])).toBe('');
});

it('takes a host without a domain for itself', () => {
  expect(told('127.0.0.1:8080', 'localhost:8080', ['127.0.0.1', 'localhost'])).toBe(true);
  expect(told('127.0.0.1:8080', '127.0.0.1:9090', ['127.0.0.1', 'localhost'])).toBe(false);
});
