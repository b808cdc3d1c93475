import { isbot } from 'isbot';
import { UAParser } from 'ua-parser-js';
import { Lru } from '../lru.ts';

/** The low-entropy User-Agent Client Hints that browsers send by themselves. */
export interface ClientHints {
  brands: string;
  mobile: string;
  platform: string;
}

export interface Client {
  /** desktop, mobile, tablet, smarttv, console, wearable, embedded; '' when unknown. */
  device: string;
  browser: string;
  os: string;
  is_bot: 0 | 1;
}

const USER_AGENT_CHARS_MAX = 512;
const UNKNOWN: Client = { device: '', browser: '', os: '', is_bot: 0 };
/** Parsing takes some 30 µs; a shop's visitors share a few hundred user agents. */
const cache = new Lru<string, Client>(5_000);

/** Device, browser and system by the user agent, corrected by Client Hints where the browser froze its string. */
export function clientOf(user_agent: string, hints: ClientHints | undefined): Client {
  if (user_agent === '') return UNKNOWN;
  const agent = user_agent.slice(0, USER_AGENT_CHARS_MAX);
  const key = hints ? `${agent}\n${hints.brands}\n${hints.mobile}\n${hints.platform}` : agent;
  const known = cache.get(key);
  if (known) return known;
  const client = parse(agent, hints);
  cache.set(key, client);
  return client;
}

function parse(agent: string, hints: ClientHints | undefined): Client {
  const parsed = new UAParser(agent).getResult();
  const browser = brandOf(hints?.brands) ?? parsed.browser.name ?? '';
  const os = quoted(hints?.platform) || (parsed.os.name ?? '');
  // ua-parser-js names no device type for desktops.
  const desktop = /^(Windows|macOS|Mac OS|Linux|Ubuntu|Debian|Fedora|Chrom(e|ium) OS)$/i.test(os);
  const device = parsed.device.type ?? (hints?.mobile === '?1' ? 'mobile' : desktop ? 'desktop' : '');
  return {
    device,
    browser,
    os: os === 'Mac OS' ? 'macOS' : os === 'Chromium OS' ? 'Chrome OS' : os,
    is_bot: isbot(agent) ? 1 : 0,
  };
}

const quoted = (value: string | undefined) => /^"([^"]{1,40})"$/.exec(value ?? '')?.[1] ?? '';

/** Browsers that hide behind Chrome's user agent and tell their own name in `Sec-CH-UA`. */
function brandOf(brands: string | undefined): string | undefined {
  if (!brands) return undefined;
  if (brands.includes('"Microsoft Edge"')) return 'Edge';
  if (brands.includes('"Opera"')) return 'Opera';
  if (brands.includes('"Brave"')) return 'Brave';
  return undefined;
}
