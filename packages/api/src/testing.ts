import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Site } from '@throughline/contract';
import { createKey, type KeyKind, putSite, type Store } from '@throughline/store';
import { type Api, createApi } from './api.ts';
import type { ApiOptions, Log } from './options.ts';

export const ADMIN_TOKEN = 'an-admin-token-for-tests';
export const NOON = new Date('2026-11-22T12:00:00.000Z');

export const shop = (site: string): Site => ({
  site,
  name: `Shop ${site}`,
  hosts: [],
  timezone: 'Asia/Ho_Chi_Minh',
  currency: 'VND',
  settings: {},
});

export interface Said {
  level: string;
  message: string;
  fields: Record<string, unknown> | undefined;
}

/** A log that remembers. */
export function rememberingLog(): Log & { said: Said[] } {
  const said: Said[] = [];
  const at = (level: string) => (message: string, fields?: Record<string, unknown>) => {
    said.push({ level, message, fields });
  };
  return { said, error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

/** A folder that looks like a built dashboard. */
export async function dashboardFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-dashboard-'));
  await mkdir(path.join(folder, 'assets'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>Throughline</title>');
  await writeFile(path.join(folder, 'assets', 'main-0a1b2c.js'), 'export {};\n');
  return folder;
}

/** An API over `store` with a fixed clock and an empty ledger; `more` replaces parts. */
export function testApi(store: Store, more: Partial<ApiOptions> = {}): Api {
  return createApi({
    store,
    ledger: async () => ({ received: 0, stored: 0, duplicates: 0, refused: {}, waiting: 0, hours: [] }),
    stitch: async () => {},
    payDebt: async () => {},
    settled: async () => {},
    delivery: {
      messageOf: async (_site, event_id) => ({
        event_id,
        outcome: 'unknown',
        refused: [],
        repeated: [],
        remembered: { since: NOON.toISOString() },
      }),
      lostIn: () => ({ events: 0, since: NOON.toISOString() }),
      report: async () => ({
        segments: 0,
        bytes: 0,
        room: 1,
        kept_segments: 0,
        kept_bytes: 0,
        damaged: [],
        missing: [],
        dead_letters: 0,
      }),
      deadLetters: {
        list: async () => [],
        replay: async () => ({
          stored: 0,
          duplicates: 0,
          still_refused: 0,
          links_stored: 0,
          links_refused: 0,
        }),
      },
      forget: async () => {},
    },
    pinned: {
      core: { file: 't.c0de.js', integrity: 'sha384-c0' },
      complete: { file: 't.fu11.js', integrity: 'sha384-fu' },
    },
    siteSecretOf: ({ site }) => `tlp_of_${site}`,
    is_admin: (token) => token === ADMIN_TOKEN,
    dashboard: { page: undefined, assets: new Map() },
    trust_proxy: false,
    instance: 'this-one',
    clock: () => NOON,
    random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    log: rememberingLog(),
    ...more,
  });
}

/** A key that is valid at noon. */
export const keyOf = (store: Store, kind: KeyKind, site: string, ttl_ms?: number): Promise<string> =>
  createKey(store, ttl_ms === undefined ? { kind, site } : { kind, site, ttl_ms }, {
    now: () => NOON.getTime(),
  });

export const addShop = (store: Store, site: string): Promise<void> =>
  putSite(store, shop(site), { now: () => NOON.getTime() });
