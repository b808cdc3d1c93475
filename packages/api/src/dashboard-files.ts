import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** The built dashboard, in memory: a build beside a running server does not take the page away from under it. */
export interface Dashboard {
  /** index.html; undefined when it is not built. */
  page: string | undefined;
  /** The files of assets/ by name. */
  assets: ReadonlyMap<string, Asset>;
}

export interface Asset {
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const compressed = promisify(gzip);

/** Reads what the build left in `folder`: index.html and assets/. */
export async function loadDashboard(folder: string): Promise<Dashboard> {
  const page = await readFile(path.join(folder, 'index.html'), 'utf8').catch(absent);
  const names = (await readdir(path.join(folder, 'assets')).catch(absent)) ?? [];
  const assets = new Map<string, Asset>();
  for (const name of names) {
    const type = TYPES[path.extname(name)];
    if (type === undefined) continue;
    const plain = await readFile(path.join(folder, 'assets', name));
    assets.set(name, {
      type,
      plain: new Uint8Array(plain),
      gzipped: new Uint8Array(await compressed(plain)),
    });
  }
  return { page, assets };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
