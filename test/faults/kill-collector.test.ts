import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect } from 'vitest';
import { row } from './battery.ts';
import { compare, exported, settledLedger, unaccounted } from './books.ts';
import { inFolder } from './folder.ts';
import { EndedEarly, killServers, type ServerProcess, startServer } from './server.ts';
import { Traffic } from './traffic.ts';

afterAll(killServers);

describe('the battery', () => {
  row(
    'kill -9 collector',
    { short: 4, long: 200, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs, chance }) =>
      inFolder(async (data_dir) => {
        let server = await startServer({ data_dir });
        const { site, write_key } = server;
        const traffic = new Traffic({ chance, connections: 8, site, write_key });
        let recovering = 0;
        let refused_starts = 0;
        const restart = async (): Promise<ServerProcess> => {
          for (;;) {
            try {
              // Now and then it is killed while it recovers, too.
              const early = chance.happens(0.2) && finding.runs < runs;
              return await startServer({
                data_dir,
                ...(early && { kill_after_ms: chance.between(50, 900) }),
              });
            } catch (error) {
              if (!(error instanceof EndedEarly)) throw error;
              if (error.ended.signal === 'SIGKILL') {
                recovering += 1;
                finding.runs += 1;
              } else refused_starts += 1;
            }
          }
        };
        while (finding.runs < runs) {
          traffic.aim(server.url);
          await delay(chance.between(5, 600));
          await server.kill();
          traffic.pause();
          finding.runs += 1;
          server = await restart();
        }
        await traffic.end();
        const place = { url: server.url, site };
        const ledger = await settledLedger(place);
        const stored = await exported(place);
        compare(finding, traffic.acknowledged, stored);
        finding.also = { 'while recovering': recovering, 'starts refused': refused_starts };
        expect(unaccounted(ledger)).toBe(0);
        expect(ledger.stored).toBe([...stored.values()].reduce((a, b) => a + b, 0));
        // A start right after a crash must not fail because the old engine is still letting go.
        expect(refused_starts).toBe(0);
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
