// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { preferredLanguage } from './language.ts';

describe('the first language', () => {
  it.each([
    [['vi-VN', 'en-US'], 'vi'],
    [['en-US', 'vi'], 'en'],
    [['fr-FR', 'vi-VN'], 'vi'],
    [['fr-FR'], 'en'],
    [[], 'en'],
  ])('for a browser of %j is %s', (languages, chosen) => {
    expect(preferredLanguage(languages)).toBe(chosen);
  });
});
