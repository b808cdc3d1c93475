import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface Asset {
  type: string;
  plain: Uint8Array;
  gzipped: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const compressed = promisify(gzip);

/** Files by their address: there are a handful, and each is read and compressed once. */
const kept = new Map<string, Asset>();

/** index.html, read anew each time so that a rebuild shows; undefined when it is not built. */
export const readPage = (folder: string): Promise<string | undefined> =>
  readFile(path.join(folder, 'index.html'), 'utf8').catch(undefinedWhenAbsent);

/** A file of assets/ by its bare name; undefined when there is none or its type is not served. */
export async function readAsset(folder: string, name: string): Promise<Asset | undefined> {
  const type = TYPES[path.extname(name)];
  // A name of these characters cannot leave the folder.
  if (type === undefined || !/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name)) return undefined;
  const file = path.join(folder, 'assets', name);
  const known = kept.get(file);
  if (known !== undefined) return known;
  const plain = await readFile(file).catch(undefinedWhenAbsent);
  if (plain === undefined) return undefined;
  const asset = { type, plain, gzipped: await compressed(plain, { level: 9 }) };
  kept.set(file, asset);
  return asset;
}

function undefinedWhenAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
