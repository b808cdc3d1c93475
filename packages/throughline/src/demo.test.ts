import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LedgerView, Site } from '@throughline/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { startDemo } from './demo.ts';
import { createLog } from './log.ts';
import { removeFolder, temporaryFolder, testCli } from './testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

const log = createLog({ level: 'error', pretty: false, clock: () => new Date(), write: () => {} });
const demo = () =>
  startDemo(testCli({}), readConfig({ PORT: '0', DATA_DIR: path.join(folder, 'not-this-one') }), {
    log,
    folder: path.join(folder, 'demo'),
    size: { seed: 1, days: 4, people: 30 },
  });

it('loads the whole simulated history into a throw-away folder, with the truth beside it', async () => {
  const server = await demo();
  const get = async <Answer>(at: string) =>
    (await (
      await fetch(`${server.url}/api/sites${at}`, {
        headers: { authorization: `Bearer ${server.admin_token}` },
      })
    ).json()) as Answer;
  const { sites } = await get<{ sites: Site[] }>('');
  expect(sites).toMatchObject([
    { site: server.site, name: 'Cà phê Sông Xanh', currency: 'VND', timezone: 'Asia/Ho_Chi_Minh' },
  ]);
  const ledger = await get<LedgerView>(`/${server.site}/ledger`);
  expect(ledger).toMatchObject({ waiting: 0, refused: {} });
  expect(ledger.stored).toBeGreaterThan(50);
  const truth = JSON.parse(await readFile(path.join(folder, 'demo', 'truth.json'), 'utf8')) as object;
  expect(Object.keys(truth).length).toBeGreaterThan(0);

  await expect(demo()).rejects.toThrow(`A demo is running at ${server.url}`);
  await server.close();
  expect(await readdir(folder)).toEqual(['demo']);

  const again = await demo();
  expect(again.site).not.toBe(server.site);
  await again.close();
});

it('does not empty a folder that is not a demo', async () => {
  await writeFile(path.join(folder, 'precious'), 'data');
  const cli = testCli({});
  const starting = startDemo(cli, readConfig({ PORT: '0' }), { log, folder });
  await expect(starting).rejects.toThrow('holds something that is not a demo');
  expect(await readdir(folder)).toEqual(['precious']);
});
