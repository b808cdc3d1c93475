import { describe, expect, it } from 'vitest';
import { Refusals } from './refusals.ts';
import type { Batch } from './spool/batch.ts';

const NOW = Date.UTC(2026, 10, 22, 3, 4);
const countsOf = (refusals: Refusals) =>
  refusals.tallies().flatMap((tally) => [...tally.entries()].map(([site, , { refused }]) => [site, refused]));

describe('refusals on their own', () => {
  it('are written together, by site and hour', async () => {
    const written: Batch[] = [];
    const refusals = new Refusals({
      append: async (batch, committed) => {
        written.push(batch);
        committed();
      },
      now: () => NOW,
      onFailure: () => {},
    });
    refusals.add('a', { reason: 'malformed', events: 1 });
    refusals.add('a', { reason: 'malformed', events: 2 });
    refusals.add('', { reason: 'unknown_site', events: 5 });
    await refusals.flush();
    expect(written).toMatchObject([
      { site: 'a', refused: { malformed: 3 }, received_ms: Date.UTC(2026, 10, 22, 3), rows: [] },
      { site: '', refused: { unknown_site: 5 } },
    ]);
    expect(countsOf(refusals)).toEqual([]);
  });

  it('are counted here until the spool counts them', async () => {
    let commit = () => {};
    const refusals = new Refusals({
      append: (_batch, committed) =>
        new Promise((resolve) => {
          commit = () => {
            committed();
            resolve();
          };
        }),
      now: () => NOW,
      onFailure: () => {},
    });
    refusals.add('a', { reason: 'malformed', events: 1 });
    const flushed = refusals.flush();
    await Promise.resolve();
    expect(countsOf(refusals)).toEqual([['a', { malformed: 1 }]]);
    commit();
    await flushed;
    expect(countsOf(refusals)).toEqual([]);
  });

  it('are kept when they cannot be written', async () => {
    const failures: unknown[] = [];
    const refusals = new Refusals({
      append: () => Promise.reject(new Error('disk')),
      now: () => NOW,
      onFailure: (error) => failures.push(error),
    });
    refusals.add('a', { reason: 'bad_time', events: 2 });
    await refusals.flush();
    expect(failures).toHaveLength(1);
    expect(countsOf(refusals)).toEqual([['a', { bad_time: 2 }]]);
  });
});
