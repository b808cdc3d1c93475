import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { addSite, SHOP } from './start.ts';

/** What a test of `ownSites` finds. */
export interface OwnSite {
  store: TestStore;
  /** Public key. */
  site: string;
  /** Carry a write key of it. */
  headers: Record<string, string>;
}

/** A store for the file, and in it a site of its own for each test. `use` is told before each test. */
export function ownSites(use: (own: OwnSite) => void): void {
  let store: TestStore;
  let count = 0;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  beforeEach(async () => {
    count += 1;
    const site = `shop${count}`;
    const { headers } = await addSite(store, { ...SHOP, site });
    use({ store, site, headers });
  });
}

/** What the tag would send of these ids. */
export const pageViews = (site: string, ids: readonly string[]) => ({
  site,
  visitor: 'v1',
  sent_at: Date.now(),
  events: ids.map((id, seq) => ({ id, name: 'page_viewed', at: Date.now(), seq, session: '' })),
});

/** How many rows of the site the table holds. */
export async function rowsOf(
  { store, site }: Pick<OwnSite, 'store' | 'site'>,
  table: 'events' | 'links',
): Promise<number> {
  const sql = `SELECT count() AS rows FROM ${table} WHERE site = {site:String}`;
  return (await store.query<{ rows: number }>({ sql, params: { site } }))[0]!.rows;
}

/** Takes events out of the store, as when it had lost them. */
export const loseEvents = (
  { store, site }: Pick<OwnSite, 'store' | 'site'>,
  ids: readonly string[],
): Promise<void> =>
  store.run({
    sql: 'ALTER TABLE events DELETE WHERE site = {site:String} AND event_id IN {ids:Array(String)} SETTINGS mutations_sync = 2',
    params: { site, ids },
  });
