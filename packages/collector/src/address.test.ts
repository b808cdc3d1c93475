import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LogFields } from './log.ts';
import { addSite, SHOP, type Started, startCollector } from './testing/start.ts';

/** Real ones, so that they have a country. */
const ADDRESSES = ['8.8.8.8', '1.1.1.1', '2001:4860:4860::8888', '9.9.9.9'];
const AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 Version/17.1 Safari/604.1';

let store: TestStore;
let started: Started;
let headers: Record<string, string>;
const said: unknown[] = [];
beforeAll(async () => {
  store = await testStore();
  ({ headers } = await addSite(store));
  const tell = (...words: [string, LogFields?]) => void said.push(words);
  started = await startCollector(store, {
    trust_proxy: true,
    log: { debug: tell, info: tell, warn: tell, error: tell },
  });
});
afterAll(async () => {
  await started?.end();
  await store?.close();
});

async function spooled(): Promise<string> {
  const folder = path.join(started.data_dir, 'spool');
  const files = await readdir(folder);
  return (await Promise.all(files.map((file) => readFile(path.join(folder, file), 'latin1')))).join('\n');
}

async function stored(): Promise<string> {
  const tables = await Promise.all(
    ['events', 'links', 'ledger', 'event_ids'].map((table) =>
      store.query({ sql: `SELECT * FROM ${table}`, params: {} }),
    ),
  );
  return JSON.stringify(tables);
}

it('an address and a user agent become a country and a device, and are in no file of the spool, no table and no log', async () => {
  const visit = { id: 'p1', name: 'page_viewed', at: 1, seq: 1, session: '', url: 'https://shop.example/' };
  const batch = { site: SHOP.site, visitor: 'v1', sent_at: 1, events: [visit] };
  await started.post('/e', batch, { 'x-forwarded-for': `${ADDRESSES[0]}, 10.0.0.1`, 'user-agent': AGENT });
  await started.collector.app.request(`/p.gif?site=${SHOP.site}&id=p2&v=v2`, {
    headers: { 'x-forwarded-for': ADDRESSES[1]!, 'user-agent': AGENT },
  });
  const context = { ip: ADDRESSES[2], userAgent: AGENT };
  await started.post(
    '/v1/track',
    { messageId: 'p3', userId: 'u3', event: 'Order Completed', context },
    headers,
  );
  await started.post(
    '/v1/track',
    { messageId: 'p4', userId: 'u4', event: 'x' },
    {
      ...headers,
      origin: 'https://shop.example',
      'x-forwarded-for': ADDRESSES[3]!,
      'user-agent': AGENT,
    },
  );
  // What the spool holds before anything is loaded.
  const waiting = await spooled();
  expect(waiting).toContain('p1');
  await started.collector.settled();
  const rows = await stored();

  for (const secret of [...ADDRESSES, AGENT, 'iPhone OS', '10.0.0.1'])
    for (const [place, text] of Object.entries({ waiting, rows, log: JSON.stringify(said) }))
      expect(text.includes(secret), `${secret} in ${place}`).toBe(false);
  const found = await store.query<{ event_id: string; country: string; device: string }>({
    sql: 'SELECT event_id, country, device FROM events ORDER BY event_id',
    params: {},
  });
  expect(found.map(({ event_id, device }) => [event_id, device])).toEqual(
    ['p1', 'p2', 'p3', 'p4'].map((id) => [id, 'mobile']),
  );
  for (const { event_id, country } of found)
    expect([event_id, country]).toEqual([event_id, expect.stringMatching(/^[A-Z]{2}$/)]);
});
