import type { WireBatch } from '@throughline/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDelivery } from './delivery.ts';
import { createOutbox } from './outbox.ts';
import { NOON, testHost } from './testing/host.ts';
import { memoryShelf } from './testing/memory-shelf.ts';

interface Request {
  batch: WireBatch;
  keepalive: boolean;
  answer(status: number, headers?: Record<string, string>): Promise<void>;
  fail(): Promise<void>;
}

/** A network whose answers the test gives by hand, and timers that it lets run. */
function setUp() {
  const requests: Request[] = [];
  const beacons: WireBatch[] = [];
  const timers: { run: () => void; wabenchms: number }[] = [];
  const handled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const browser = {
    takesBeacons: true,
    fetch: (_url: string, { body, keepalive }: { body: string; keepalive: boolean }) =>
      new Promise<Response>((resolve, reject) => {
        requests.push({
          batch: JSON.parse(body),
          keepalive,
          answer: (status, headers = {}) => {
            resolve(new Response(null, { status, headers }));
            return handled();
          },
          fail: () => {
            reject(new TypeError('network'));
            return handled();
          },
        });
      }),
    navigator: {
      sendBeacon: (_url: string, body: string) => {
        if (browser.takesBeacons) beacons.push(JSON.parse(body));
        return browser.takesBeacons;
      },
    },
    setTimeout: (run: () => void, wabenchms: number) => timers.push({ run, wabenchms }),
    clearTimeout: (id: number) => {
      timers[id - 1] = { run: () => {}, wabenchms: 0 };
    },
  };
  const host = testHost(browser as never);
  const outbox = createOutbox(host, memoryShelf(), 'shop');
  const delivery = createDelivery(host, outbox, 'https://c.example/e');
  let made = 0;
  const add = (visitor = 'v', text = '') =>
    outbox.add(
      visitor,
      { id: `e${++made}`, name: 'n', at: 1, seq: made, session: 's.1', properties: { text } },
      {},
    );
  return { requests, beacons, timers, browser, host, outbox, delivery, add };
}

describe('delivery', () => {
  let bench: ReturnType<typeof setUp>;
  beforeEach(() => {
    bench = setUp();
  });

  it('sends batch after batch, one at a time, each with the clock of its own sending', async () => {
    const { add, delivery, requests, outbox, host } = bench;
    add('v');
    add('w');
    delivery.send();
    delivery.send();
    expect(requests.map(({ batch }) => [batch.visitor, batch.sent_at])).toEqual([['v', NOON]]);
    host.time += 40;
    await requests[0]!.answer(204);
    await requests[1]!.answer(204);
    expect(requests.map(({ batch }) => [batch.visitor, batch.sent_at])).toEqual([
      ['v', NOON],
      ['w', NOON + 40],
    ]);
    expect(outbox.seal()).toEqual([]);
  });

  it('does not add to a batch that is on its way', async () => {
    const { add, delivery, requests } = bench;
    add();
    delivery.send();
    add();
    await requests[0]!.answer(204);
    expect(requests.map(({ batch }) => batch.events.map(({ id }) => id))).toEqual([['e1'], ['e2']]);
  });

  it.each([429, 500, 503])(
    'tries again after %i with a pause that doubles up to five minutes',
    async (status) => {
      const { add, delivery, requests, timers } = bench;
      add();
      delivery.send();
      for (let n = 0; n < 11; n++) {
        await requests[n]!.answer(status);
        delivery.send();
        expect(requests).toHaveLength(n + 1);
        timers[n]!.run();
      }
      expect(timers.map(({ wabenchms }) => wabenchms / 1000)).toEqual([
        1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300,
      ]);
      expect(new Set(requests.map(({ batch }) => batch.events[0]!.id))).toEqual(new Set(['e1']));
    },
  );

  it('tries again after a network error', async () => {
    const { add, delivery, requests, timers } = bench;
    add();
    delivery.send();
    await requests[0]!.fail();
    timers[0]!.run();
    expect(requests).toHaveLength(2);
  });

  it('waits as long as Retry-After asks, five minutes at most', async () => {
    const { add, delivery, requests, timers } = bench;
    add();
    delivery.send();
    await requests[0]!.answer(503, { 'retry-after': '20' });
    timers[0]!.run();
    await requests[1]!.answer(503, { 'retry-after': '86400' });
    expect(timers.map(({ wabenchms }) => wabenchms)).toEqual([20_000, 300_000]);
  });

  it('begins again with a short pause after a success', async () => {
    const { add, delivery, requests, timers } = bench;
    add();
    delivery.send();
    await requests[0]!.answer(503);
    timers[0]!.run();
    await requests[1]!.answer(503);
    timers[1]!.run();
    await requests[2]!.answer(204);
    add();
    delivery.send();
    await requests[3]!.answer(503);
    expect(timers.map(({ wabenchms }) => wabenchms)).toEqual([1000, 2000, 1000]);
  });

  it.each([400, 403, 413])('gives a batch up on %i and goes on with the next', async (status) => {
    const { add, delivery, requests, outbox, host } = bench;
    add('v');
    add('w');
    delivery.send();
    await requests[0]!.answer(status);
    await requests[1]!.answer(204);
    expect(outbox.seal()).toEqual([]);
    expect(host.warnings).toEqual([`batch refused: ${status}`]);
  });

  it('asks for keepalive only as far as browsers allow it', () => {
    const small = bench;
    small.add('v', 'x'.repeat(19_000));
    small.delivery.send();
    const large = setUp();
    large.add('v', 'x'.repeat(30_000));
    large.delivery.send();
    expect([small.requests[0]!.keepalive, large.requests[0]!.keepalive]).toEqual([true, false]);
  });

  describe('when the page is left', () => {
    it('trusts the beacon after a good answer', async () => {
      const { add, delivery, requests, beacons, outbox } = bench;
      add();
      delivery.send();
      await requests[0]!.answer(204);
      add();
      delivery.beacon();
      expect(beacons.map(({ events }) => events[0]!.id)).toEqual(['e2']);
      expect(outbox.seal()).toEqual([]);
    });

    it('keeps a copy for the next page when there was no good answer yet', () => {
      const { add, delivery, beacons, outbox } = bench;
      add();
      delivery.beacon();
      expect(beacons).toHaveLength(1);
      expect(outbox.seal()).toHaveLength(1);
    });

    it('keeps what the browser does not take', async () => {
      const { add, delivery, requests, browser, outbox } = bench;
      add();
      delivery.send();
      await requests[0]!.answer(204);
      browser.takesBeacons = false;
      add();
      delivery.beacon();
      expect(outbox.seal()).toHaveLength(1);
    });

    it('does not send what a request is carrying already', () => {
      const { add, delivery, beacons } = bench;
      add('v');
      delivery.send();
      add('w');
      delivery.beacon();
      expect(beacons.map(({ visitor }) => visitor)).toEqual(['w']);
    });

    it('leaves a collector alone that has asked for a pause', async () => {
      const { add, delivery, requests, beacons, outbox } = bench;
      add();
      delivery.send();
      await requests[0]!.answer(503);
      delivery.beacon();
      expect(beacons).toEqual([]);
      expect(outbox.seal()).toHaveLength(1);
    });
  });

  it('sends nothing once stopped, a planned repeat included', async () => {
    const { add, delivery, requests, timers, beacons } = bench;
    add();
    delivery.send();
    await requests[0]!.answer(503);
    delivery.stop();
    timers[0]!.run();
    delivery.send();
    delivery.beacon();
    expect([requests.length, beacons.length]).toEqual([1, 0]);
  });
});
