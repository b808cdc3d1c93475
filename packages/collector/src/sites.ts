import type { Site } from '@throughline/contract';
import { findKey, findSite, type Store, StoreError } from '@throughline/store';
import { Lru } from './lru.ts';

/** Who may send. Answers from memory as long as it can, so that intake goes on while the store is away. */
export interface SiteDirectory {
  /** The site of a public key. Throws StoreError when it was never asked before and the store is away. */
  find(site: string): Promise<Site | undefined>;
  findByWriteKey(key: string): Promise<Site | undefined>;
  /** The site of a secret key. */
  findBySecret(key: string): Promise<Site | undefined>;
  /** Ask again at the next look: a site or a key was changed here. */
  forget(): void;
}

export interface SiteDirectoryOptions {
  clock?: () => Date;
  /** How long an answer is taken for granted. A revoked key works this much longer. */
  fresh_ms?: number;
  /** How long a busy site's older answer is used while the new one is on its way. */
  stale_ms?: number;
  /** After that a new answer is waited for this long: a store that hangs must not hold requests up. */
  late_ms?: number;
}

const ENTRIES_MAX = 10_000;
const KEY_CHARS_MAX = 100;

interface Known {
  site: Site | undefined;
  asked_at: number;
  refreshing?: Promise<Site | undefined>;
  /** Resolves when `refreshing` takes too long to be waited for. */
  late?: Promise<void>;
  isLate?: boolean;
}

/** A directory over the store's tables, with a bounded cache that holds "there is none" as well. */
export function siteDirectory(store: Store, options: SiteDirectoryOptions = {}): SiteDirectory {
  const { clock = () => new Date(), fresh_ms = 3_000, stale_ms = 15_000, late_ms = 1_000 } = options;
  const cache = new Lru<string, Known>(ENTRIES_MAX);

  async function refresh(name: string, look: () => Promise<Site | undefined>, known: Known | undefined) {
    const site = await look();
    // An unchanged site keeps its identity: what is derived from it is cached by the object.
    const same = known?.site && site && JSON.stringify(known.site) === JSON.stringify(site);
    cache.set(name, { site: same ? known.site : site, asked_at: clock().getTime() });
    return same ? known.site : site;
  }

  async function get(name: string, look: () => Promise<Site | undefined>): Promise<Site | undefined> {
    const known = cache.get(name);
    const age = known ? clock().getTime() - known.asked_at : Number.POSITIVE_INFINITY;
    if (known && age < fresh_ms) return known.site;
    if (!known) return refresh(name, look, known);
    const refreshing = known.refreshing ?? begin(known, refresh(name, look, known));
    // A store that is away must not stop intake: what was true before it went is used on.
    const answer = refreshing.catch((error: unknown) => {
      if (error instanceof StoreError) return known.site;
      throw error;
    });
    if (!known.site) return answer;
    if (age < stale_ms || known.isLate) return known.site;
    return Promise.race([answer, known.late!.then(() => known.site)]);
  }

  function begin(known: Known, refreshing: Promise<Site | undefined>): Promise<Site | undefined> {
    let timer: NodeJS.Timeout | undefined;
    known.late = new Promise((resolve) => {
      timer = setTimeout(() => {
        known.isLate = true;
        resolve();
      }, late_ms);
    });
    known.refreshing = refreshing.finally(() => {
      clearTimeout(timer);
      known.isLate = false;
      delete known.refreshing;
    });
    return known.refreshing;
  }

  const byKey = (kind: 'write' | 'secret') => (key: string) =>
    key.length > KEY_CHARS_MAX
      ? Promise.resolve(undefined)
      : get(`${kind}\0${key}`, async () => {
          const found = await findKey(store, key, { now: () => clock().getTime() });
          return found?.kind === kind && found.site !== '' ? findSite(store, found.site) : undefined;
        });

  return {
    find: (site) =>
      site.length > KEY_CHARS_MAX
        ? Promise.resolve(undefined)
        : get(`site\0${site}`, () => findSite(store, site)),
    findByWriteKey: byKey('write'),
    findBySecret: byKey('secret'),
    forget: () => cache.clear(),
  };
}
