import { describe, expect, it } from 'vitest';
import { isPersonal, mask } from './mask.ts';

describe('a masked identifier', () => {
  it('keeps enough to tell two apart, and no more', () => {
    expect(['customer-48213', 'thuha@shop.example', '+84901234567', 'ab', ''].map(mask)).toEqual([
      'cu•••13',
      't•••@shop.example',
      '+8•••67',
      'a•••',
      '•••',
    ]);
  });

  it('shortens a hash', () => {
    expect(mask('5f2c9a4b'.repeat(8))).toBe('5f2c9a4b…');
    expect(mask('5f2c9a4b…')).toBe('5f2c9a4b…');
  });
});

describe('a personal value', () => {
  it('is an e-mail address or a phone number', () => {
    expect(
      ['a@b.example', '+84 90 123 45 67', '0901234567', 'Đà Nẵng', '42', 'gold'].map(isPersonal),
    ).toEqual([true, true, true, false, false, false]);
  });
});
