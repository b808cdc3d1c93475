import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkToken, readToken } from './token.ts';

const SECRET = 'tlp_secret';
const NOON = Date.UTC(2026, 10, 22, 12);
const HALF_AN_HOUR_MS = 30 * 60_000;
const OF = { site: 'shop', visitor_id: '123456789', user_agent: 'Firefox' };
const TOKEN = linkToken(SECRET, OF, NOON)!;
const read = (token: string, other: Partial<{ site: string; user_agent: string; now_ms: number }> = {}) =>
  readToken(SECRET, token, { site: 'shop', user_agent: 'Firefox', now_ms: NOON, ...other });

describe('a token of a link', () => {
  it('names its visitor to the browser it was made for, for half an hour', () => {
    expect(read(TOKEN, { now_ms: NOON + HALF_AN_HOUR_MS })).toMatchObject({
      visitor_id: '123456789',
      issued_ms: NOON,
    });
  });

  it('is over a millisecond later', () => {
    expect(read(TOKEN, { now_ms: NOON + HALF_AN_HOUR_MS + 1 })).toBe('expired');
  });

  it.each([
    ['another site', { site: 'other' }],
    ['another browser', { user_agent: 'Safari' }],
  ])('says nothing to %s', (_whom, other) => {
    expect(read(TOKEN, other)).toBe('forged');
  });

  it('of another secret is forged', () => {
    expect(read(linkToken('tlp_other', OF, NOON)!)).toBe('forged');
  });

  it('is not made for a visitor that is not of the tag’s kind', () => {
    expect(linkToken(SECRET, { ...OF, visitor_id: 'a.b:c' }, NOON)).toBeUndefined();
  });

  it('with any one character changed is forged', () => {
    fc.assert(
      fc.property(
        fc.nat(TOKEN.length - 1),
        fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABCXYZ_-.'),
        (place, character) => {
          fc.pre(TOKEN[place] !== character);
          expect(read(TOKEN.slice(0, place) + character + TOKEN.slice(place + 1))).toBe('forged');
        },
      ),
    );
  });

  it('of any text names nobody and throws nothing', () => {
    fc.assert(fc.property(fc.string(), (text) => read(text) === 'forged'));
  });
});
