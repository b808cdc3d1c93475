/** A server that starts while its ClickHouse server is away: events are taken all the same. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SiteKeys } from '@throughline/contract';
import { type FaultyStore, faultyStore } from '@throughline/store/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { run } from './program.ts';
import { type RunningThroughline, startServer } from './serve.ts';
import { removeFolder, runCommand, temporaryFolder, testCli } from './testing.ts';

const QUIET = { info: () => {}, warn: () => {}, error: () => {}, debug: () => {} };
const environment = () => ({
  PORT: '0',
  DATA_DIR: folder,
  LOG_LEVEL: 'error',
  CLICKHOUSE_URL: faulty.clickhouse.url,
  CLICKHOUSE_USER: faulty.clickhouse.user,
  CLICKHOUSE_PASSWORD: faulty.clickhouse.password,
  CLICKHOUSE_DATABASE: faulty.clickhouse.database,
});
const start = () => startServer(readConfig(environment()), { log: QUIET });

let faulty: FaultyStore;
let folder: string;
let server: RunningThroughline | undefined;
beforeAll(async () => {
  faulty = await faultyStore({ timeouts: { write_s: 2, grace_s: 1 } });
});
afterAll(() => faulty.close());
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  faulty.proxy.heal();
  await faulty.proxy.up();
  await removeFolder(folder);
});

const json = (body: object) => ({ method: 'POST', body: JSON.stringify(body) });
const collect = (at: RunningThroughline, site: string, id: string) =>
  fetch(
    `${at.url}/e`,
    json({
      site,
      visitor: 'v1',
      sent_at: 1,
      events: [{ id, name: 'page_viewed', at: 1, seq: 1, session: '' }],
    }),
  );
const track = (at: RunningThroughline, writeKey: string, messageId: string) =>
  fetch(`${at.url}/v1/track`, json({ writeKey, messageId, userId: 'u1', event: 'store_visit' }));

async function addSite({ url, admin_token }: RunningThroughline): Promise<SiteKeys> {
  const response = await fetch(`${url}/api/sites`, {
    ...json({ name: 'Other', timezone: 'Asia/Ho_Chi_Minh', currency: 'VND' }),
    headers: { authorization: `Bearer ${admin_token}`, 'content-type': 'application/json' },
  });
  return (await response.json()) as SiteKeys;
}

/** Waits until the copy of the sites is on the disk. */
async function untilKept(site: string): Promise<void> {
  const copy = () => readFile(path.join(folder, 'sites-kept.json'), 'utf8').catch(() => '');
  while (!(await copy()).includes(`"${site}"`)) await new Promise((resolve) => setImmediate(resolve));
}

async function storedIds(site: string): Promise<string[]> {
  const sql = 'SELECT event_id FROM events WHERE site = {site:String} ORDER BY event_id';
  const rows = await faulty.direct.query<{ event_id: string }>({ sql, params: { site } });
  return rows.map(({ event_id }) => event_id);
}

it('takes events for every site and key that it had heard of, and stores them when ClickHouse is back', async () => {
  server = await start();
  const { keys } = server;
  const other = await addSite(server);
  await server.close();
  // In this run nobody sends anything with the keys.
  server = await start();
  await untilKept(other.site);
  await server.close();
  await faulty.proxy.down();

  server = await start();
  expect(server.site).toBe(keys!.site);
  expect((await collect(server, keys!.site, 'while-away-1')).status).toBe(200);
  expect((await track(server, other.write_key, 'while-away-2')).status).toBe(200);
  const stranger = await track(server, 'tlw_nobody_has_this_key', 'lost');
  expect([stranger.status, stranger.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
  expect((await fetch(`${server.url}/readyz/intake`)).status).toBe(200);
  await expect(server.signInLink()).rejects.toMatchObject({ problem: { code: 'store_unavailable' } });

  const echo = (key: string, id: string) =>
    fetch(`${server!.url}/api/sites/${keys!.site}/messages/${id}`, {
      headers: { authorization: `Bearer ${key}` },
    });
  for (const key of [server.admin_token, keys!.secret_key])
    expect(await (await echo(key, 'while-away-1')).json()).toMatchObject({ outcome: 'waiting' });
  expect((await echo('tls_nobody_has_this_key', 'while-away-1')).status).toBe(503);
  const doctor = await runCommand(environment(), 'doctor');
  expect(doctor.code).toBe(1);
  expect(doctor.out).toMatch(/FAIL {2}store: .*\nok {4}spool: /);

  await faulty.proxy.up();
  await server.settled();
  expect(await storedIds(keys!.site)).toEqual(['while-away-1']);
  expect(await storedIds(other.site)).toEqual(['while-away-2']);
  expect(await server.signInLink()).toContain('/sign-in#tli_');
});

it('does so while ClickHouse takes connections and says nothing', async () => {
  server = await start();
  const { site } = server;
  await untilKept(site);
  await server.close();
  faulty.proxy.break('all', { kind: 'hang' });
  server = await start();
  expect((await collect(server, site, 'while-it-hangs')).status).toBe(200);
  faulty.proxy.heal();
  await server.settled();
  expect(await storedIds(site)).toContain('while-it-hangs');
});

it('says so instead of a sign-in link', async () => {
  server = await start();
  await untilKept(server.site);
  await server.close();
  server = undefined;
  await faulty.proxy.down();
  const cli = testCli(environment());
  const ended = run(['start'], cli);
  await Promise.race([cli.printed('Ctrl+C'), ended]);
  expect(cli.stdout()).toContain('Throughline takes events. ClickHouse does not answer yet');
  expect(cli.stdout()).not.toContain('/sign-in#');
  cli.stop();
  expect(await ended).toBe(0);
});

it('stops a first start, where nobody can send anything yet, with the sentence that says what to check', async () => {
  await faulty.proxy.down();
  await expect(start()).rejects.toThrow(/^ClickHouse did not answer at http/);
});

it('begins anew with a copy of the sites that is damaged', async () => {
  server = await start();
  const { site } = server;
  await untilKept(site);
  await server.close();
  await writeFile(path.join(folder, 'sites-kept.json'), '{"sites":[{"si');
  server = await start();
  expect(server.site).toBe(site);
  await untilKept(site);
});
