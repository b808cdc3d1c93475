import { describe, expect, it } from 'vitest';
import { countryReader } from './country.ts';

describe('the country of an address', () => {
  it('is found for both kinds of addresses and unknown for anything else', async () => {
    const countryOf = await countryReader();
    expect(countryOf('8.8.8.8')).toBe('US');
    expect(countryOf('2001:4860:4860::8888')).toBe('US');
    for (const address of ['127.0.0.1', '', 'unknown', '999.1.1.1', '8.8.8.8, 1.1.1.1'])
      expect(countryOf(address)).toBe('');
  });

  it('says which file cannot be read', async () => {
    await expect(countryReader('/does/not/exist.mmdb')).rejects.toThrow('/does/not/exist.mmdb');
  });
});
