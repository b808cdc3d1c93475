// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commands } from './commands.ts';
import { cookies, keepCookie } from './cookie.ts';
import { closeShelf, openShelf, put, shelf } from './shelf.ts';
import { setAddress } from './testing/address.ts';
import { visitorId } from './visitor.ts';

const OLDER = 'tl_v=mwxy0000.111';
const NEWER = 'tl_v=mwxy9999.222';

describe('the visitor', () => {
  beforeEach(() => {
    setAddress(window, 'https://www.shop.example/');
    openShelf();
    keepCookie('tl_v=', 0);
    localStorage.clear();
  });

  it('keeps a new id in the cookie and in storage, and gives it again', () => {
    const id = visitorId();
    expect(id).toMatch(/^\d{20,40}$/);
    expect(visitorId()).toBe(id);
    expect(cookies()).toContain(`.${id}`);
    expect(shelf['tl_v']).toContain(`.${id}`);
  });

  it.each([
    ['cookie', OLDER, NEWER],
    ['storage', NEWER, OLDER],
  ])(
    'takes the newer of the two, here of the %s, and heals the other with the next session',
    (_place, stored, cookie) => {
      keepCookie(cookie);
      put('tl_v', stored);
      expect(visitorId()).toBe('222');
      expect(visitorId(true)).toBe('222');
      expect(shelf['tl_v']).toMatch(/^tl_v=\w{8}\.222$/);
      expect(cookies()).toContain(shelf['tl_v']);
    },
  );

  it('takes no id that is not its own', () => {
    keepCookie('tl_v=p_somebody');
    put('tl_v', 'tl_v=<script>');
    expect(visitorId()).toMatch(/^\d{20,40}$/);
  });

  it('renews the moment and keeps the id', () => {
    put('tl_v', OLDER);
    expect(visitorId(true)).toBe('111');
    expect(shelf['tl_v']).not.toBe(OLDER);
  });

  it('is another after a reset, whatever other hosts of the shop still keep or an answer on its way gives back', () => {
    const before = visitorId();
    const old = shelf['tl_v']!;
    put('tl_p', '[]');
    put('tl_s', '["a"]');
    vi.useFakeTimers({ now: Date.now() + 1_000, toFake: ['Date'] });
    commands.reset();
    const after = visitorId();
    expect(after).not.toBe(before);
    expect([shelf['tl_p'], shelf['tl_s']]).toEqual([undefined, undefined]);
    put('tl_v', old);
    expect(visitorId()).toBe(after);
    vi.useRealTimers();
  });

  it('leaves no cookie where nothing may be kept', () => {
    closeShelf();
    const id = visitorId();
    expect(visitorId()).toBe(id);
    openShelf();
    expect(cookies()).not.toContain(id);
  });
});
