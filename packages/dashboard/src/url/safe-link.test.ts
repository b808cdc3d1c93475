import { describe, expect, it } from 'vitest';
import { safeLink } from './safe-link.ts';

describe('a link that a visitor sent', () => {
  it('is followed when it is http or https', () => {
    expect(safeLink('https://shop.example/a?b=c')).toBe('https://shop.example/a?b=c');
    expect(safeLink('HTTP://shop.example')).toBe('HTTP://shop.example');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt://x%0aalert(1)',
    'data:text/html,x',
    '//evil.example',
    ' https://x',
    'https://',
    '',
  ])('is only text when it is %s', (text) => {
    expect(safeLink(text)).toBeUndefined();
  });
});
