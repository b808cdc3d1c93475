import type { Site } from '@throughline/contract';
import { findKey, findSite, type Store, StoreError } from '@throughline/store';
import { Lru } from './lru.ts';
import type { SitesKept } from './sites-kept.ts';

/** Who may send. Answers from memory as long as it can, so that intake goes on while the store is away. */
export interface SiteDirectory {
  /** The site of a public key. Throws StoreError when nobody here has heard of it and the store is away. */
  find(site: string): Promise<Site | undefined>;
  findByWriteKey(key: string): Promise<Site | undefined>;
  /** The site of a secret key. */
  findBySecret(key: string): Promise<Site | undefined>;
  /** Ask again at the next look: a site or a key was changed here. */
  forget(): void;
}

export interface SiteDirectoryOptions {
  clock?: () => Date;
  /** What an earlier run knew. */
  kept?: Pick<SitesKept, 'find' | 'findByKey' | 'update'>;
  /** How long an answer is taken for granted. A revoked key works this much longer. */
  fresh_ms?: number;
  /** How long a busy site's older answer is used while the new one is on its way. */
  stale_ms?: number;
  /** After that a new answer is waited for this long: a store that hangs must not hold requests up. */
  late_ms?: number;
}

const ENTRIES_MAX = 10_000;
const KEY_CHARS_MAX = 100;
/** How soon a store that did not answer is asked again for a site that is known. */
const AGAIN_MS = 500;

interface Known {
  site: Site | undefined;
  asked_at: number;
  /** When the store last failed to answer. */
  failed_at?: number;
  refreshing?: Promise<Site | undefined>;
  /** Resolves when `refreshing` takes too long to be waited for. */
  late?: Promise<void>;
  isLate?: boolean;
}

interface Look {
  /** Asks the store. */
  look(): Promise<Site | undefined>;
  /** What the copy on the disk says. */
  keptSite(): Site | undefined;
}

const same = (one: Site | undefined, other: Site | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A directory over the store's tables, with a bounded cache that holds "there is none" as well. */
export function siteDirectory(store: Store, options: SiteDirectoryOptions = {}): SiteDirectory {
  const { clock = () => new Date(), kept, fresh_ms = 3_000, stale_ms = 15_000, late_ms = 1_000 } = options;
  const cache = new Lru<string, Known>(ENTRIES_MAX);

  async function refresh(name: string, { look, keptSite }: Look, known: Known | undefined) {
    const site = await look();
    if (site && kept && !same(site, keptSite())) void kept.update();
    // An unchanged site keeps its identity: what is derived from it is cached by the object.
    const answer = same(site, known?.site) ? known?.site : site;
    cache.set(name, { site: answer, asked_at: clock().getTime() });
    return answer;
  }

  function fromDisk(name: string, site: Site | undefined): Known | undefined {
    if (!site) return undefined;
    const known: Known = { site, asked_at: Number.NEGATIVE_INFINITY };
    cache.set(name, known);
    return known;
  }

  async function get(name: string, look: Look): Promise<Site | undefined> {
    const known = cache.get(name) ?? fromDisk(name, look.keptSite());
    if (!known) return refresh(name, look, known);
    const now = clock().getTime();
    const age = now - known.asked_at;
    if (age < fresh_ms) return known.site;
    if (known.site && known.failed_at !== undefined && now - known.failed_at < AGAIN_MS) return known.site;
    const refreshing = known.refreshing ?? begin(known, refresh(name, look, known));
    // A store that is away must not stop intake: what was true before it went is used on.
    const answer = refreshing.catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
      known.failed_at = now;
      return known.site;
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
      : get(`${kind}\0${key}`, {
          async look() {
            const found = await findKey(store, key, { now: () => clock().getTime() });
            return found?.kind === kind && found.site !== '' ? findSite(store, found.site) : undefined;
          },
          keptSite: () => kept?.findByKey(kind, key, clock().getTime()),
        });

  return {
    find: (site) =>
      site.length > KEY_CHARS_MAX
        ? Promise.resolve(undefined)
        : get(`site\0${site}`, { look: () => findSite(store, site), keptSite: () => kept?.find(site) }),
    findByWriteKey: byKey('write'),
    findBySecret: byKey('secret'),
    forget: () => cache.clear(),
  };
}
