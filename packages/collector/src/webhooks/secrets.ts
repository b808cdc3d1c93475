import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { replaceFile } from '../replace-file.ts';
import { fieldsOf, own } from '../steps/text.ts';
import { PLATFORM_NAMES, type PlatformName } from './platform.ts';

/**
 * The secrets that platforms sign with: `<data_dir>/webhook-secrets.json`, `{site: {platform: secret}}`, for its owner
 * alone. A signature can only be checked with the secret itself, and the store keeps nothing but hashes: so they stand
 * beside the admin token, and no copy of the database, and nobody who may read it, can sign an order. Each collector
 * of several needs a copy of the file.
 */
export type Secrets = Record<string, Partial<Record<PlatformName, string>>>;

export const secretsFile = (data_dir: string): string => path.join(data_dir, 'webhook-secrets.json');

/** What the file holds, nothing when there is none. Throws one clear sentence when it cannot be read. */
export async function readSecrets(file: string): Promise<Secrets> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`Cannot read the webhook secrets in ${file}.`, { cause: error });
  }
  const secrets: Secrets = Object.create(null);
  for (const [site, platforms] of Object.entries(fieldsOf(parsed(text)) ?? {})) {
    const known = fieldsOf(platforms) ?? {};
    secrets[site] = {};
    for (const platform of PLATFORM_NAMES) {
      const secret = own(known, platform);
      if (typeof secret === 'string' && secret !== '') secrets[site][platform] = secret;
    }
  }
  return secrets;

  function parsed(json: string): unknown {
    try {
      return JSON.parse(json);
    } catch (error) {
      throw new Error(`${file} is not JSON; mend it, or delete it and add the webhooks again.`, {
        cause: error,
      });
    }
  }
}

export const writeSecrets = (file: string, secrets: Secrets): Promise<void> =>
  replaceFile(file, `${JSON.stringify(secrets, null, 2)}\n`);

const LOOK_MS = 1_000;

/** The secrets of a running collector: the file is read again within a second of its change. */
export class SecretBook {
  readonly #file: string;
  readonly #now: () => number;
  #looked_ms = Number.NEGATIVE_INFINITY;
  #version = '';
  #secrets: Secrets = {};

  constructor(file: string, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  /** Undefined when none is kept. Throws what `readSecrets` throws. */
  async find(site: string, platform: PlatformName): Promise<string | undefined> {
    if (Math.abs(this.#now() - this.#looked_ms) >= LOOK_MS) await this.#look();
    return this.#secrets[site]?.[platform];
  }

  async #look(): Promise<void> {
    const version = await stat(this.#file).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      () => '',
    );
    if (version !== this.#version || version === '') this.#secrets = await readSecrets(this.#file);
    this.#version = version;
    this.#looked_ms = this.#now();
  }
}
