import { describe, expect, it } from 'vitest';
import { hostListed, originAllowed } from './hosts.ts';

const HOSTS = ['shop.example', '*.shop.example', 'localhost:3000'];
const from = (origin?: string, referrer?: string, page?: string) =>
  originAllowed(HOSTS, { origin, referrer, page });

describe('who may send for a site', () => {
  it.each([
    ['https://shop.example', true],
    ['https://SHOP.example:443', true],
    ['https://www.shop.example', true],
    ['http://localhost:3000', true],
    ['http://localhost:3001', false],
    ['https://evilshop.example', false],
    ['https://shop.example.evil.test', false],
  ])('%s: %s', (origin, allowed) => {
    expect(from(origin)).toBe(allowed);
  });

  it.each([
    ['www.tea.example', ['tea.example'], true],
    ['tea.example', ['www.tea.example'], true],
    ['www.tea.example:8443', ['tea.example'], true],
    ['wwwtea.example', ['tea.example'], false],
    ['www.shop.tea.example', ['tea.example'], false],
    ['www.tea.example', ['*.tea.example'], true],
    ['tea.example', ['*.tea.example'], false],
  ])('%s is among %j: %s', (host, hosts, listed) => {
    expect(hostListed(host, hosts)).toBe(listed);
  });

  it('looks at the referrer, then at the page, where the origin is hidden', () => {
    expect(from('null', 'https://shop.example/cart')).toBe(true);
    expect(from('null', undefined, 'https://shop.example/cart')).toBe(true);
    expect(from('null', undefined, 'https://evil.test/')).toBe(false);
    expect(from()).toBe(false);
  });

  it('is anybody where the site lists no hosts', () => {
    expect(originAllowed([], { origin: undefined, referrer: undefined, page: undefined })).toBe(true);
  });
});
