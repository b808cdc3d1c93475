import { setTimeout as delay } from 'node:timers/promises';
import { type Fault, type FaultyStore, faultyStore } from '@throughline/store/testing';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { type Finding, LONG, row } from './battery.ts';
import { compare, exported, ledgerOf, settledLedger, unaccounted } from './books.ts';
import { inFolder } from './folder.ts';
import { killServers, type ServerProcess, startServer } from './server.ts';
import { Traffic } from './traffic.ts';

let faulty: FaultyStore;
beforeEach(async () => {
  faulty = await faultyStore();
});
afterEach(async () => {
  await killServers();
  await faulty?.close();
});

/** A server whose ClickHouse is behind the proxy. */
async function startBehindProxy(data_dir: string): Promise<ServerProcess> {
  const { user, password } = await faulty.direct.engine!.endpoint();
  const environment = {
    CLICKHOUSE_URL: faulty.proxy.url,
    CLICKHOUSE_USER: user,
    CLICKHOUSE_PASSWORD: password,
    CLICKHOUSE_DATABASE: 'throughline',
  };
  return startServer({ data_dir, environment });
}

/** Waits until everything is stored, and enters what of it is missing or there twice. */
async function settle(finding: Finding, server: ServerProcess, traffic: Traffic): Promise<void> {
  const begun = performance.now();
  const ledger = await settledLedger(server);
  finding.also['drained in s'] = ((performance.now() - begun) / 1_000).toFixed(1);
  const stored = await exported(server);
  compare(finding, traffic.acknowledged, stored);
  expect(unaccounted(ledger)).toBe(0);
  expect(ledger.stored).toBe([...stored.values()].reduce((a, b) => a + b, 0));
}

const WAYS: Record<string, Fault> = {
  hangs: { kind: 'hang' },
  slow: { kind: 'slow', ms: 2_000 },
  'resets before': { kind: 'reset', when: 'before' },
  'resets after': { kind: 'reset', when: 'after' },
  'resets within': { kind: 'reset', when: 'within' },
  'bad gateway': { kind: 'gateway', status: 502 },
  'wrong password': { kind: 'refusal', code: 516 },
  'read-only': { kind: 'refusal', code: 164 },
  'read-only table': { kind: 'refusal', code: 242 },
  'out of disk': { kind: 'refusal', code: 243 },
  'out of memory': { kind: 'refusal', code: 241 },
  'too many parts': { kind: 'refusal', code: 252 },
};

describe('the battery', () => {
  row(
    'store down under load',
    { short: 1, long: 1, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, chance }) =>
      inFolder(async (data_dir) => {
        const server = await startBehindProxy(data_dir);
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 10, site, write_key });
        traffic.aim(server.url);
        await traffic.known();
        await faulty.proxy.down();
        const down_ms = LONG ? 600_000 : 3_000;
        await delay(down_ms);
        await faulty.proxy.up();
        await delay(500);
        await traffic.end();
        finding.runs = 1;
        finding.also = { 'down s': down_ms / 1_000, 'answers other than 2xx': traffic.refused };
        await settle(finding, server, traffic);
        expect(traffic.refused).toBe(0);
        expect((await server.stop()).code).toBe(0);
      }),
  );

  row(
    'store that fails in every way',
    { short: 5, long: 24, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const { proxy } = faulty;
        const server = await startBehindProxy(data_dir);
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 10, site, write_key });
        traffic.aim(server.url);
        await traffic.known();
        let ways: string[] = [];
        for (; finding.runs < runs; finding.runs += 1) {
          if (ways.length === 0) ways = chance.shuffled(Object.keys(WAYS));
          const way = ways.pop()!;
          const before = proxy.seen.length;
          proxy.break('all', WAYS[way]!);
          // In the long form longer than a site is taken for granted.
          await delay(LONG ? 20_000 : 200);
          while (proxy.seen.length === before) await delay(20);
          proxy.heal();
          const { stored } = await ledgerOf(server);
          // The pauses between the loader's tries grow until it has got through.
          while ((await ledgerOf(server)).stored === stored) await delay(50);
        }
        await traffic.end();
        finding.also = {
          ways: Math.min(runs, Object.keys(WAYS).length),
          'answers other than 2xx': traffic.refused,
        };
        await settle(finding, server, traffic);
        expect(traffic.refused).toBe(0);
        expect((await server.stop()).code).toBe(0);
      }),
  );

  row(
    'response dropped after commit',
    { short: 8, long: 200, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const { proxy } = faulty;
        let server = await startBehindProxy(data_dir);
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 5, site, write_key });
        traffic.aim(server.url);
        // An operator's other settings, and a window of tokens that is long past.
        proxy.alter = ({ searchParams }) => {
          if (!/^INSERT/.test(searchParams.get('query') ?? '')) return;
          if (chance.happens(0.3)) searchParams.delete('insert_deduplication_token');
          if (chance.happens(0.3))
            searchParams.set('max_insert_block_size', String(chance.between(1_000, 100_000)));
        };
        const dropped = new Map<string, number>();
        let restarts = 0;
        while (finding.runs < runs) {
          const table = chance.pick(['events', 'events', 'event_ids', 'links', 'ledger']);
          const inserts = () => proxy.seen.filter((seen) => seen.table === table).length;
          const before = inserts();
          proxy.break(
            { insert_into: table },
            { kind: 'reset', when: chance.pick(['after', 'within']) },
            { times: 1 },
          );
          while (inserts() === before) await delay(10);
          dropped.set(table, (dropped.get(table) ?? 0) + 1);
          finding.runs += 1;
          if (!chance.happens(0.3)) continue;
          // The doubt outlives the process that had it.
          if (chance.happens(0.5)) await server.kill();
          else await server.stop();
          traffic.pause();
          restarts += 1;
          server = await startBehindProxy(data_dir);
          traffic.aim(server.url);
        }
        await traffic.end();
        finding.also = { restarts };
        for (const [table, count] of dropped) finding.also[table] = count;
        await settle(finding, { ...server, site }, traffic);
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
