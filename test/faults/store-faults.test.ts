import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { type Finding, LONG, row } from './battery.ts';
import { compare, exported, ledgerOf, settledLedger, unaccounted } from './books.ts';
import { inFolder } from './folder.ts';
import { killServers, type ServerProcess, startServer } from './server.ts';
import { Traffic } from './traffic.ts';
import { type Behaviour, UnreliableDoor } from './unreliable-door.ts';

let door: UnreliableDoor;
beforeEach(async () => {
  door = await UnreliableDoor.open();
});
afterEach(async () => {
  await killServers();
  await door?.close();
});

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

/** Mends the door and reads how far the store has come. */
const mended = (server: ServerProcess) => {
  door.behave = () => 'pass';
  door.release();
  return ledgerOf(server);
};

const KINDS: Behaviour[] = [
  'hang',
  'reset',
  'answer 500',
  'wrong password',
  'read-only',
  'out of disk',
  'cut the answer',
  'drop the answer',
];

describe('the battery', () => {
  row(
    'store down under load',
    { short: 1, long: 1, short_s_max: 90, long_s_max: 1_500 },
    ({ finding, chance }) =>
      inFolder(async (data_dir) => {
        const server = await startServer({ data_dir, environment: await door.environment() });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 10, site, write_key, prefix: 'down' });
        traffic.aim(server.url);
        await delay(500);
        await door.down();
        const down_ms = LONG ? 600_000 : 3_000;
        await delay(down_ms);
        await door.up();
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
    { short: 8, long: 16, short_s_max: 90, long_s_max: 1_500 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const server = await startServer({ data_dir, environment: await door.environment() });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 10, site, write_key, prefix: 'ways' });
        traffic.aim(server.url);
        const met = new Map<Behaviour, number>();
        // A site and a key that were never asked for cannot be known while the store is away.
        while (traffic.acknowledged.size < 100) await delay(20);
        let kinds: Behaviour[] = [];
        for (; finding.runs < runs; finding.runs += 1) {
          if (kinds.length === 0) kinds = chance.shuffled(KINDS);
          const kind = kinds.pop()!;
          door.behave = () => {
            met.set(kind, (met.get(kind) ?? 0) + 1);
            return kind;
          };
          // In the long form longer than a site is taken for granted.
          await delay(LONG ? 20_000 : 300);
          while (!met.has(kind)) await delay(20);
          const { stored } = await mended(server);
          // The pauses between the loader's tries grow until it has got through.
          while ((await ledgerOf(server)).stored === stored) await delay(50);
        }
        await traffic.end();
        finding.also = { 'answers other than 2xx': traffic.refused };
        for (const [kind, requests] of met) finding.also[kind] = requests;
        await settle(finding, server, traffic);
        expect(traffic.refused).toBe(0);
        for (const kind of KINDS) expect(met.get(kind) ?? 0, kind).toBeGreaterThan(0);
        expect((await server.stop()).code).toBe(0);
      }),
  );

  row(
    'response dropped after commit',
    { short: 12, long: 200, short_s_max: 90, long_s_max: 1_800 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const environment = await door.environment();
        let server = await startServer({ data_dir, environment });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 4, rest_ms: 5, site, write_key, prefix: 'drop' });
        traffic.aim(server.url);
        const tables = new Map<string, number>();
        let dropped = 0;
        door.behave = ({ insert, query, url }) => {
          // Sites and keys are written while somebody waits for the answer; the loader writes the rest.
          if (!insert || dropped >= runs || /INTO\s+(sites|keys)\b/i.test(query)) return 'pass';
          // An operator's other settings, and a window of tokens that is long past.
          if (chance.happens(0.3)) url.searchParams.delete('insert_deduplication_token');
          if (chance.happens(0.3))
            url.searchParams.set('max_insert_block_size', String(chance.between(1_000, 100_000)));
          const table = /INTO\s+(\w+)/i.exec(query)?.[1] ?? '?';
          if (!chance.happens(table.startsWith('event') ? 0.6 : 0.2)) return 'pass';
          dropped += 1;
          tables.set(table, (tables.get(table) ?? 0) + 1);
          return chance.pick(['drop the answer', 'cut the answer']);
        };
        let restarts = 0;
        while (dropped < runs) {
          await delay(chance.between(100, LONG ? 4_000 : 1_500));
          if (chance.happens(0.5)) await server.kill();
          else await server.stop();
          traffic.pause();
          restarts += 1;
          server = await startServer({ data_dir, environment });
          traffic.aim(server.url);
        }
        door.behave = () => 'pass';
        await traffic.end();
        finding.runs = dropped;
        finding.also = { restarts };
        for (const [table, count] of tables) finding.also[table] = count;
        await settle(finding, { ...server, site }, traffic);
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
