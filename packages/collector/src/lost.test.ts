import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { addSite, SHOP, type Started, startCollector } from './testing/start.ts';

let store: TestStore;
let data_dir: string;
let now: Date;
beforeAll(async () => {
  store = await testStore();
  await addSite(store);
  await addSite(store, { ...SHOP, site: 'shop2' });
});
afterAll(() => store?.close());
beforeEach(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-lost-'));
  now = new Date('2026-11-22T03:00:00.000Z');
  return () => rm(data_dir, { recursive: true, force: true });
});

const start = () => startCollector(store, { data_dir, clock: () => now });
let batches = 0;
/** With the ids of the events sent, newest first; without any, with an event of its own. */
const tell = async ({ post }: Started, site: string, lost: unknown, ids = [`e${batches++}`]) => {
  const at = Date.UTC(2026, 10, 22, 3);
  const events = ids.map((id) => ({ id, visitor: 'v1', name: 'page_viewed', at, seq: 0 }));
  expect((await post('/e', { site, sent_at: 0, lost, events })).status).toBe(200);
};

/** What a collector that counts from now on says at its start. */
async function warnings(): Promise<string[]> {
  const warned: string[] = [];
  const log = { error() {}, info() {}, debug() {}, warn: (message: string) => warned.push(message) };
  const { collector } = await startCollector(store, { data_dir, clock: () => now, log });
  expect(collector.lostIn('shop1')).toEqual({ events: 0, since: '2026-11-22T03:00:00.000Z' });
  await collector.close();
  return warned;
}

it('adds up by site what browsers say that they gave up, and believes no nonsense', async () => {
  const started = await start();
  for (const [site, lost] of [
    ['shop1', 3],
    ['shop1', 4],
    ['shop2', 1],
    ['shop2', -5],
    ['shop2', '7'],
    ['shop2', 1e9],
  ] as const)
    await tell(started, site, lost);
  const since = '2026-11-22T03:00:00.000Z';
  expect(started.collector.lostIn('shop1')).toEqual({ events: 7, since });
  expect(started.collector.lostIn('shop2')).toEqual({ events: 1, since });
  expect(started.collector.lostIn('elsewhere')).toEqual({ events: 0, since });
  await started.end();
});

it('counts once what a page that did not hear the answer tells again, and what was given up since', async () => {
  const started = await start();
  await tell(started, 'shop1', 3, ['b', 'a']);
  await tell(started, 'shop1', 3, ['c', 'b']);
  await tell(started, 'shop1', 5, ['d', 'c', 'b']);
  await tell(started, 'shop1', 2, ['d', 'c']);
  await tell(started, 'shop2', 4, ['b']);
  await tell(started, 'shop1', 1, ['e']);
  expect(started.collector.lostIn('shop1').events).toBe(6);
  expect(started.collector.lostIn('shop2').events).toBe(4);
  await started.end();
});

it('goes on counting after a restart, and forgets what is older than 28 days', async () => {
  const first = await start();
  await tell(first, 'shop1', 3);
  await first.collector.close();
  now = new Date('2026-11-24T08:00:00.000Z');
  const second = await start();
  await tell(second, 'shop1', 4);
  expect(second.collector.lostIn('shop1')).toEqual({ events: 7, since: '2026-11-22T03:00:00.000Z' });
  now = new Date('2026-12-21T08:00:00.000Z');
  expect(second.collector.lostIn('shop1')).toEqual({ events: 4, since: '2026-11-23T00:00:00.000Z' });
  await tell(second, 'shop2', 1);
  await second.collector.close();
  expect(JSON.parse(await readFile(path.join(data_dir, 'lost.json'), 'utf8')).sites).toEqual({
    shop1: { '2026-11-24': 4 },
    shop2: { '2026-12-21': 1 },
  });
});

it.each([
  '',
  '{"since":"2026-11-2',
  '{"since":"2026-11-20T00:00:00.000Z","sites":{"shop1":{"2026-11-21":"9"}}}',
  '[]',
])('begins anew, and says so, where the file is damaged: %j', async (damaged) => {
  await writeFile(path.join(data_dir, 'lost.json'), damaged);
  expect(await warnings()).toEqual([
    'What browsers gave up before cannot be read; it is counted from now on.',
  ]);
});

it('begins anew, and says so, where the file cannot be read', async () => {
  await mkdir(path.join(data_dir, 'lost.json'));
  expect(await warnings()).toEqual([
    'What browsers gave up before cannot be read; it is counted from now on.',
  ]);
});

it('begins without a word where there is no file yet', async () => {
  expect(await warnings()).toEqual([]);
});
