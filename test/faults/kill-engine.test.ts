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
    'kill -9 engine',
    { short: 5, long: 100, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        const server = await startServer({ data_dir });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 8, site, write_key });
        traffic.aim(server.url);
        await traffic.known();
        let last: number | undefined;
        while (finding.runs < runs) {
          await delay(chance.between(20, 900));
          const pid = await server.enginePid();
          if (pid === undefined || pid === last) continue;
          process.kill(pid, 'SIGKILL');
          last = pid;
          finding.runs += 1;
        }
        await traffic.end();
        const place = { url: server.url, site };
        const ledger = await settledLedger(place);
        const stored = await exported(place);
        compare(finding, traffic.acknowledged, stored);
        finding.also = { 'answers other than 2xx': traffic.refused };
        expect(traffic.refused).toBe(0);
        expect(unaccounted(ledger)).toBe(0);
        expect(ledger.stored).toBe(traffic.acknowledged.size);
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
