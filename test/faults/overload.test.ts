import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect } from 'vitest';
import { LONG, row } from './battery.ts';
import { compare, exported, settledLedger } from './books.ts';
import { tagBatch } from './collector.ts';
import { inFolder } from './folder.ts';
import { killServers, startServer } from './server.ts';

afterAll(killServers);

const run = promisify(execFile);
/** The bodies of so many connections are more than the server holds at once. */
const EVENTS = 500;
const CALM_MS_MAX = 2_000;

interface Flooded {
  statuses: Record<string, number>;
  unadvised: number;
  acknowledged: [first: number, count: number][];
  id_chars: number;
}

async function flood(options: { url: string; site: string; connections: number; seconds: number }) {
  const told = JSON.stringify({ ...options, events: EVENTS });
  const { stdout } = await run(process.execPath, [path.resolve('test/faults/flood.mjs'), told], {
    maxBuffer: 64 * 1024 * 1024,
  });
  return JSON.parse(stdout) as Flooded;
}

describe('the battery', () => {
  row(
    'more than can be taken',
    // Connections; the long form lasts longer as well.
    { short: 600, long: 2_500, short_s_max: 240, long_s_max: 3_600 },
    ({ finding, runs: connections }) =>
      inFolder(async (data_dir) => {
        const environment = { RATE_LIMIT: 'off', RATE_LIMIT_KEY: 'off' };
        const server = await startServer({ data_dir, environment });
        const { site, url } = server;
        let peak_mb = 0;
        const timer = setInterval(async () => {
          peak_mb = Math.max(peak_mb, await server.memory_mb());
        }, 50);
        const flooded = await flood({ url, site, connections, seconds: connections / 150 });
        clearInterval(timer);
        const begun = performance.now();
        const calm = await fetch(`${url}/e`, { method: 'POST', body: tagBatch(['calm'], { site }) });
        const calm_ms = performance.now() - begun;

        finding.runs = connections;
        finding.also = {
          answers: Object.entries(flooded.statuses)
            .map(([status, count]) => `${status} × ${count}`)
            .join(' '),
          'peak RSS MB': Math.ceil(peak_mb),
          'next answer ms': Math.ceil(calm_ms),
        };
        await settledLedger({ url, site });
        const promised = new Set(['calm']);
        for (const [first, count] of flooded.acknowledged)
          for (let id = first; id < first + count; id += 1)
            promised.add(String(id).padStart(flooded.id_chars, '0'));
        compare(finding, promised, await exported({ url, site }));
        expect(calm.status).toBe(200);
        expect(calm_ms).toBeLessThan(CALM_MS_MAX);
        // On a machine that is busy besides, a body may take longer than a request may last: 408, or cut off.
        expect(['0', '200', '408', '503']).toEqual(expect.arrayContaining(Object.keys(flooded.statuses)));
        // Fewer connections are all served, late.
        if (LONG) expect(flooded.statuses['503']).toBeGreaterThan(0);
        expect(flooded.unadvised).toBe(0);
        expect((await server.stop()).code).toBe(0);
      }),
  );
});
