import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Site } from '@throughline/contract';
import {
  type KeyKind,
  type KnownKey,
  keyHash,
  listKnownKeys,
  listSites,
  type Store,
  StoreError,
} from '@throughline/store';
import { faultOf, type Log } from './log.ts';
import { replaceFile } from './replace-file.ts';

export interface SitesKeptOptions {
  data_dir: string;
  log: Log;
  /** How often the store is asked for what has changed. */
  every_ms?: number;
}

interface Content {
  sites: Site[];
  keys: KnownKey[];
}

const EVERY_MS = 15_000;

/**
 * A copy on the disk of who may send, `<data_dir>/sites-kept.json`, for its owner alone: a collector that starts while
 * the store is away takes events all the same. Keys are in it as the store has them, as SHA-256.
 */
export class SitesKept {
  readonly #options: SitesKeptOptions;
  readonly #file: string;
  #sites = new Map<string, Site>();
  #keys = new Map<string, KnownKey>();
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  #store: Store | undefined;
  #updating: Promise<void> | undefined;
  #closed = false;

  private constructor(options: SitesKeptOptions) {
    this.#options = options;
    this.#file = path.join(options.data_dir, 'sites-kept.json');
  }

  /** Reads the copy of an earlier run. One that is damaged is the same as none. */
  static async open(options: SitesKeptOptions): Promise<SitesKept> {
    const kept = new SitesKept(options);
    const text = await readFile(kept.#file, 'utf8').catch(() => '');
    try {
      if (text !== '') kept.#take(JSON.parse(text) as Content);
      kept.#text = text;
    } catch (error) {
      options.log.warn('The copy of the sites on the disk cannot be read; it is made again.', faultOf(error));
    }
    return kept;
  }

  /** Whether there is nobody to take events for. */
  get isEmpty(): boolean {
    return this.#sites.size === 0;
  }

  find(site: string): Site | undefined {
    return this.#sites.get(site);
  }

  /** The site that a key opens. */
  findByKey(kind: KeyKind, text: string, now: number): Site | undefined {
    const key = this.#keys.get(keyHash(text));
    if (key?.kind !== kind || Date.parse(key.expires_at) <= now) return undefined;
    return this.#sites.get(key.site);
  }

  /** Keeps the copy up to date until `close`. */
  follow(store: Store): void {
    this.#store = store;
    this.#timer = setInterval(() => void this.update(), this.#options.every_ms ?? EVERY_MS).unref();
    void this.update();
  }

  /** Asks the store now. What it does not answer is asked again later. */
  update(): Promise<void> {
    this.#updating ??= this.#update().finally(() => {
      this.#updating = undefined;
    });
    return this.#updating;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
  }

  async #update(): Promise<void> {
    const store = this.#store;
    if (!store) return;
    try {
      const [sites, keys] = await Promise.all([listSites(store), listKnownKeys(store)]);
      const text = JSON.stringify({ sites, keys });
      if (text === this.#text || this.#closed) return;
      this.#take({ sites, keys });
      await replaceFile(this.#file, text);
      this.#text = text;
    } catch (error) {
      if (error instanceof StoreError) return;
      this.#options.log.warn('The copy of the sites on the disk is not up to date.', faultOf(error));
    }
  }

  #take({ sites, keys }: Content): void {
    this.#sites = new Map(sites.map((site) => [site.site, site]));
    this.#keys = new Map(keys.map((key) => [key.hash, key]));
  }
}
