import { isbot } from 'isbot';
import { UAParser } from 'ua-parser-js';
import { Lru } from '../lru.ts';

/**
 * User-Agent Client Hints as headers (https://wicg.github.io/ua-client-hints/). Browsers send the first three by
 * themselves; the others only where the site asked for them, and they are '' everywhere else.
 */
export interface ClientHints {
  brands: string;
  mobile: string;
  platform: string;
  /** Sec-CH-UA-Full-Version-List, -Model, -Platform-Version, -Form-Factors. */
  full_versions?: string;
  model?: string;
  platform_version?: string;
  form_factors?: string;
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
/** The events of one request share theirs: no key is made for each. */
let last: { user_agent: string; hints: ClientHints | undefined; client: Client } = {
  user_agent: '',
  hints: undefined,
  client: UNKNOWN,
};

/** Device, browser and system by the user agent, corrected by Client Hints where the browser froze its string. */
export function clientOf(user_agent: string, hints: ClientHints | undefined): Client {
  if (user_agent === '') return UNKNOWN;
  if (user_agent === last.user_agent && hints === last.hints) return last.client;
  const agent = user_agent.slice(0, USER_AGENT_CHARS_MAX);
  const key = hints ? `${agent}\n${Object.values(hints).join('\n')}` : agent;
  let client = cache.get(key);
  if (!client) {
    client = parse(agent, hints);
    cache.set(key, client);
  }
  last = { user_agent, hints, client };
  return client;
}

function parse(agent: string, hints: ClientHints | undefined): Client {
  const parsed = new UAParser(thawed(agent, hints)).getResult();
  const brands = hints ? `${hints.brands} ${hints.full_versions ?? ''}` : '';
  const browser = inAppOf(agent) ?? brandOf(brands) ?? parsed.browser.name ?? '';
  const os = quoted(hints?.platform) || (parsed.os.name ?? '');
  return {
    device: deviceOf(parsed.device.type, os, hints),
    browser,
    os: os === 'Mac OS' ? 'macOS' : os === 'Chromium OS' ? 'Chrome OS' : os,
    // A headless browser that borrowed another's user agent may still say so in its hints.
    is_bot: isbot(agent) || /headless/i.test(brands) ? 1 : 0,
  };
}

const quoted = (value: string | undefined) => /^"([^"]{1,40})"$/.exec(value ?? '')?.[1] ?? '';

/** Chrome on Android calls every device "Android 10; K"; with the hints in its place the parser knows which it is. */
function thawed(agent: string, hints: ClientHints | undefined): string {
  const model = quoted(hints?.model).replace(/[();]/g, '');
  if (model === '') return agent;
  return agent.replace('Android 10; K', `Android ${quoted(hints?.platform_version) || '10'}; ${model}`);
}

// ua-parser-js names no device type for desktops.
const DESKTOP = /^(Windows|macOS|Mac OS|Linux|Ubuntu|Debian|Fedora|Chrom(e|ium) OS)$/i;

function deviceOf(parsed: string | undefined, os: string, hints: ClientHints | undefined): string {
  const form = /"(Mobile|Tablet|Desktop|Watch)"/.exec(hints?.form_factors ?? '')?.[1]?.toLowerCase();
  if (form) return form === 'watch' ? 'wearable' : form;
  if (parsed) return parsed;
  if (hints?.mobile === '?1') return 'mobile';
  return DESKTOP.test(os) ? 'desktop' : '';
}

/** Apps that show shops in a browser of their own, and that the parser takes for the system's. */
function inAppOf(agent: string): string | undefined {
  if (/\bZalo(PC)?[ /]/.test(agent)) return 'Zalo';
  if (/\b(musical_ly|trill|BytedanceWebview|ByteLocale)/.test(agent)) return 'TikTok';
  return undefined;
}

/** Browsers that hide behind Chrome's user agent and tell their own name in `Sec-CH-UA`. */
function brandOf(brands: string): string | undefined {
  if (brands.includes('"Microsoft Edge"')) return 'Edge';
  if (brands.includes('"Opera"')) return 'Opera';
  if (brands.includes('"Brave"')) return 'Brave';
  if (brands.includes('"CocCoc"') || brands.includes('"Coc Coc"')) return 'Coc Coc';
  return undefined;
}
