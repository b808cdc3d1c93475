import { type TestStore, testStore } from '@throughline/store/testing';
import { afterAll, beforeAll } from 'vitest';
import { addSite, type Started, startCollector } from './start.ts';

/** What the tests of a file share: a collector on a fresh store with one site, and the headers of the site's write key. */
export interface FreshCollector {
  store: TestStore;
  started: Started;
  headers: Record<string, string>;
}

/** Starts it before the file's tests, hands it over, and ends it after them. */
export function freshCollector(use: (fresh: FreshCollector) => void | Promise<void>): void {
  let store: TestStore;
  let started: Started;
  beforeAll(async () => {
    store = await testStore();
    const { headers } = await addSite(store);
    started = await startCollector(store);
    await use({ store, started, headers });
  });
  afterAll(async () => {
    await started?.end();
    await store?.close();
  });
}
