import { describe, expect, it } from 'vitest';
import { spanOf } from './range.ts';

const iso = (from: string, to: string, zone: string) => {
  const { from_ms, to_ms } = spanOf({ from, to }, zone);
  return [new Date(from_ms).toISOString(), new Date(to_ms).toISOString()];
};

describe('a range', () => {
  it('reads dates in the site’s zone, the last one exclusive', () => {
    expect(iso('2026-11-01', '2026-11-02', 'Asia/Ho_Chi_Minh')).toEqual([
      '2026-10-31T17:00:00.000Z',
      '2026-11-01T17:00:00.000Z',
    ]);
    expect(iso('2026-11-01', '2026-11-02', 'UTC')).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-11-02T00:00:00.000Z',
    ]);
  });

  it('gives the days on which the clocks change 23 and 25 hours', () => {
    expect(iso('2026-03-29', '2026-03-30', 'Europe/Berlin')).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    expect(iso('2026-10-25', '2026-10-26', 'Europe/Berlin')).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('begins a day at 01:00 where the clocks skip midnight', () => {
    expect(iso('2018-11-04', '2018-11-05', 'America/Sao_Paulo')).toEqual([
      '2018-11-04T03:00:00.000Z',
      '2018-11-05T02:00:00.000Z',
    ]);
  });

  it('reads instants as they are', () => {
    expect(iso('2026-11-01T00:00:00+07:00', '2026-11-01T12:30:00.5Z', 'Europe/Berlin')).toEqual([
      '2026-10-31T17:00:00.000Z',
      '2026-11-01T12:30:00.500Z',
    ]);
  });

  it('refuses what is no date, an instant without a zone, and a day that does not exist', () => {
    for (const from of ['', 'yesterday', '2026-02-30', '2026-13-01', '2026-11-01T00:00:00', '9999-01-01']) {
      expect(() => spanOf({ from, to: '2026-12-01' }, 'UTC'), from).toThrow(
        expect.objectContaining({
          status: 400,
          problem: expect.objectContaining({ code: 'bad_date', at: 'from' }),
        }),
      );
    }
  });

  it('refuses an end that is not later than the beginning, and more than ten years', () => {
    for (const [from, to] of [
      ['2026-11-02', '2026-11-01'],
      ['2026-11-01', '2026-11-01'],
      ['2010-01-01', '2026-01-01'],
    ] as const) {
      expect(() => spanOf({ from, to }, 'UTC')).toThrow(
        expect.objectContaining({ problem: expect.objectContaining({ code: 'bad_range', at: 'to' }) }),
      );
    }
  });
});
