import { expect, it } from 'vitest';
import { type Stage, TAG } from '../stage.ts';

export function delivery(stage: Stage): void {
  it('sends again what the collector could not take, once it can, and it counts once', async () => {
    const { shop, open, call } = stage;
    await open(TAG);
    await shop.recorded('page_viewed');
    shop.outage = 'unavailable';
    await call('track', 'meanwhile');
    await expect.poll(() => shop.turned_away, { timeout: 5_000 }).toBeGreaterThan(0);
    shop.outage = 'none';
    await shop.recorded('meanwhile');
    expect(await stage.run(`Object.keys(localStorage).filter((key) => key.startsWith('tl_q.'))`)).toEqual([]);
  });

  it('keeps what was seen on a page that was left without a connection, for the page that comes next', async () => {
    const { shop, open, call } = stage;
    await open(TAG);
    await shop.recorded('page_viewed');
    shop.outage = 'unreachable';
    await call('track', 'alone');
    await expect.poll(() => shop.turned_away, { timeout: 5_000 }).toBeGreaterThan(0);
    await call('track', 'on the way out');
    await stage.leave();
    shop.outage = 'none';
    await open(TAG, '/next');
    await shop.recorded('page_viewed', 2);
    const [first] = await shop.recorded('alone');
    const [second] = await shop.recorded('on the way out');
    await shop.recorded('page_engaged');
    expect([first!.url, second!.url]).toEqual([`${shop.origin}/page`, `${shop.origin}/page`]);
  });
}
