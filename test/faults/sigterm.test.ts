import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import { compare, exported, settledLedger, unaccounted } from './books.ts';
import { inFolder } from './folder.ts';
import { killServers, startServer } from './server.ts';
import { Traffic } from './traffic.ts';

afterAll(killServers);

describe('the battery', () => {
  row(
    'SIGTERM under load',
    { short: 3, long: 100, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        let server = await startServer({ data_dir });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 8, site, write_key });
        let slowest_ms = 0;
        const codes = new Set<number | string>();
        while (finding.runs < runs) {
          traffic.aim(server.url);
          await delay(chance.between(5, 500));
          const { code, signal, ms } = await server.stop();
          traffic.pause();
          finding.runs += 1;
          codes.add(code ?? signal ?? 'none');
          slowest_ms = Math.max(slowest_ms, ms);
          server = await startServer({ data_dir });
        }
        await traffic.end();
        const place = { url: server.url, site };
        const ledger = await settledLedger(place);
        compare(finding, traffic.acknowledged, await exported(place));
        finding.also = { exit: [...codes].join('/'), 'slowest ms': Math.round(slowest_ms) };
        expect(unaccounted(ledger)).toBe(0);
        expect([...codes]).toEqual([0]);
        expect(slowest_ms).toBeLessThan(10_000);
        await server.stop();
      }),
  );
});
