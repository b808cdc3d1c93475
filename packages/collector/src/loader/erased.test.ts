import type { Store } from '@throughline/store';
import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linkToken } from '../linker/token.ts';
import { addSite, SHOP, startCollector } from '../testing/start.ts';
import { through } from '../testing/through.ts';

let store: TestStore;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());

/** As several collectors see it. */
const shared = (): Store => ({ ...through(store, {}), kind: 'server' });

const visit = (site: string, visitor: string, id: string, user_id?: string) => ({
  site,
  visitor,
  sent_at: Date.now(),
  events: [
    {
      id,
      name: user_id ? 'login' : 'page_viewed',
      at: Date.now(),
      seq: 0,
      session: '',
      ...(user_id ? { identity: { user_id } } : {}),
    },
  ],
});

const idsIn = async (table: 'events' | 'links' | 'link_identifiers' | 'customers', site: string) => {
  const id = table === 'customers' ? 'person_id' : 'event_id';
  const rows = await store.query<{ id: string }>({
    sql: `SELECT ${id} AS id FROM ${table} WHERE site = {site:String} ORDER BY id`,
    params: { site },
  });
  return rows.map((row) => row.id);
};

it('what waits in another collector of an erased visitor or identifier does not outlive its loading', async () => {
  const site = 'erased';
  await addSite(store, { ...SHOP, site });
  const late = { seal_age_ms: 1e9, seal_age_ms_max: 1e9 };
  const other = await startCollector(shared(), { limits: late });
  await other.post('/e', visit(site, 'phone', 'waits'));
  await other.post('/e', visit(site, 'new-tablet', 'login-waits', 'an'));
  await other.post('/e', visit(site, 'neighbour', 'stays', 'binh'));

  const here = await startCollector(shared());
  // The next millisecond, so that what follows is later than the erasure.
  const at = Date.now();
  await here.collector.forget(site, ['phone'], [{ kind: 'user_id', value: 'an' }]);
  while (Date.now() <= at + 1) await new Promise((resolve) => setImmediate(resolve));
  await other.post('/e', visit(site, 'phone', 'later'));
  await other.collector.settled();

  expect(await idsIn('events', site)).toEqual(['later', 'stays']);
  expect(await idsIn('links', site)).toEqual(['stays']);
  expect(await idsIn('link_identifiers', site)).toEqual(['stays']);
  expect(await idsIn('customers', site)).toHaveLength(1);
  expect(await other.collector.ledger(site)).toMatchObject({ received: 4, stored: 4, waiting: 0 });
  await other.end();
  await here.end();
});

it('a link of an erased visitor that another visitor’s event brought goes, and the event stays', async () => {
  const site = 'two-hosts';
  const hosts = ['www.tea.example', 'eu.pay.example'];
  await addSite(store, { ...SHOP, site, hosts });
  const other = await startCollector(shared(), {
    limits: { seal_age_ms: 1e9, seal_age_ms_max: 1e9 },
    siteSecretOf: () => 'secret',
  });
  const token = linkToken('secret', { site, visitor_id: 'phone', user_agent: '' }, Date.now());
  const batch = visit(site, 'checkout', 'arrives');
  const url = `https://eu.pay.example/?tlclid=${token}`;
  await other.post('/e', {
    ...batch,
    events: [{ ...batch.events[0], url, referrer: 'https://www.tea.example/' }],
  });
  const at = Date.now();
  while (Date.now() <= at + 1) await new Promise((resolve) => setImmediate(resolve));
  const here = await startCollector(shared());
  await here.collector.forget(site, ['phone']);
  await other.collector.settled();

  expect(await idsIn('events', site)).toEqual(['arrives']);
  expect(await idsIn('links', site)).toEqual([expect.stringMatching(/^link\..+\.to$/)]);
  await other.end();
  await here.end();
});

it('keeps no name of whom it was about', async () => {
  const site = 'nameless';
  const here = await startCollector(shared());
  await here.collector.forget(site, ['phone-of-an'], [{ kind: 'email', value: 'an@shop.example' }]);
  const rows = await store.query({
    sql: 'SELECT * FROM erased WHERE site = {site:String}',
    params: { site },
  });
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/an@shop|phone-of/);
  await here.end();
});
