// @vitest-environment happy-dom
import { sessionStart } from '@throughline/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSessions, type Session } from './session.ts';
import { NOON, testHost } from './testing/host.ts';
import { memoryShelf } from './testing/memory-shelf.ts';

const MINUTE = 60_000;
const entry = { url: 'https://shop.example/', referrer: '' };

describe('sessions', () => {
  let shelf = memoryShelf();
  beforeEach(() => {
    shelf = memoryShelf();
  });

  const at = (time: number, arrival = entry): Session => {
    const sessions = createSessions(testHost(window as never), shelf);
    sessions.load();
    const session = { ...sessions.touch(time, () => arrival) };
    sessions.save();
    return session;
  };

  it('has an id from which the contract reads its start', () => {
    expect(sessionStart(at(NOON).id)).toBe(NOON);
  });

  it('goes on over pages and tabs, keeps its entry and counts its events', () => {
    const first = at(NOON);
    const second = at(NOON + 29 * MINUTE, { url: 'https://shop.example/?utm_source=late', referrer: '' });
    const third = at(NOON + 58 * MINUTE);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect([first.seq, second.seq, third.seq]).toEqual([1, 2, 3]);
    expect(third.entry).toEqual(entry);
  });

  it('ends after 30 minutes of silence; seq goes on rising', () => {
    const first = at(NOON);
    const same = at(NOON + 30 * MINUTE);
    const next = at(NOON + 60 * MINUTE + 1);
    expect(same.id).toBe(first.id);
    expect(sessionStart(next.id)).toBe(NOON + 60 * MINUTE + 1);
    expect(next.seq).toBe(3);
  });

  it('does not move back with a clock that is put right', () => {
    const { id } = at(NOON);
    at(NOON - 5 * MINUTE);
    expect(at(NOON + 29 * MINUTE).id).toBe(id);
  });

  it('begins anew when a clock a year ahead is put right', () => {
    at(NOON + 365 * 24 * 60 * MINUTE);
    expect(sessionStart(at(NOON).id)).toBe(NOON);
  });

  it('wraps seq below 2^20', () => {
    shelf.set('tl_s', JSON.stringify({ id: 'a.b', at: NOON, seq: 2 ** 20 - 1, entry }));
    expect(at(NOON).seq).toBe(0);
  });

  it.each(['{', 'null', '[]', '{"id":7,"at":1,"seq":1}', '{"id":"a.b"}'])(
    'begins anew where what was stored is %s',
    (text) => {
      shelf.set('tl_s', text);
      expect(at(NOON)).toMatchObject({ seq: 1, entry });
    },
  );

  it('lives in a cookie where storage is blocked', () => {
    shelf.broken = true;
    const first = at(NOON);
    expect(at(NOON + MINUTE)).toMatchObject({ id: first.id, seq: 2, entry });
  });
});
