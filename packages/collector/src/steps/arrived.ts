import type { Channel, EventRow, Site } from '@throughline/contract';
import { Lru } from '../lru.ts';
import { channelOf, clickIdOf } from './channel.ts';
import { appOf, hostListed, hostOf, withoutWww } from './hosts.ts';
import { withoutEmails } from './privacy.ts';
import { type Fields, own, textOf } from './text.ts';

const UTM_CHARS_MAX = 200;

type Said =
  | 'referrer_host'
  | 'utm_source'
  | 'utm_medium'
  | 'utm_campaign'
  | 'utm_term'
  | 'utm_content'
  | 'click_id';

/** What brings somebody to a page; '' for what is not said, and for a referring host that is one of the site's own. */
export type Arrived = Pick<EventRow, Said> & { channel: Channel };

/** The same with its channel, which the others decide. */
export function withChannel(brought: Omit<Arrived, 'channel'>): Arrived {
  const channel = channelOf({
    source: brought.utm_source,
    medium: brought.utm_medium,
    campaign: brought.utm_campaign,
    click_id: brought.click_id,
    referrer_host: brought.referrer_host,
  });
  return { ...brought, channel };
}

/** Whether an address names a campaign, or the click on an advertisement. */
export const hasCampaign = ({ utm_source, utm_medium, utm_campaign, click_id }: Arrived): boolean =>
  `${utm_source}${utm_medium}${utm_campaign}${click_id}` !== '';

/** Whether a page of the site itself led to this one. */
export function fromOwnHost(site: Site, url: string, referrer: string): boolean {
  const from = hostFrom(referrer);
  return from === (URL.canParse(url) ? new URL(url).hostname : undefined) || hostListed(from, site.hosts);
}

const hostFrom = (referrer: string): string =>
  hostOf(referrer).replace(/:\d+$/, '').toLowerCase() || appOf(referrer);

const parametersOf = (address: string): URLSearchParams =>
  URL.canParse(address) ? new URL(address).searchParams : new URLSearchParams();

/**
 * What an address and its referrer say; `campaign` is Segment's, for what the address does not say. A page of the site itself that led to
 * the visit's first was the last of a visit before, or one on which nothing could be kept yet, as the visitor had not agreed: what its address
 * says of a campaign is what brought them.
 */
export function arrivedBy(site: Site, url: string, referrer: string, campaign?: Fields): Arrived {
  const own_host = fromOwnHost(site, url, referrer);
  const referrer_host = own_host ? '' : withoutWww(hostFrom(referrer));
  const entered = saidBy(parametersOf(url), referrer_host, campaign);
  return own_host && !hasCampaign(entered) ? saidBy(parametersOf(referrer), referrer_host) : entered;
}

function saidBy(parameters: URLSearchParams, referrer_host: string, campaign?: Fields): Arrived {
  const utm = (name: string, key = name): string =>
    withoutEmails(
      (parameters.get(`utm_${name}`) || textOf(campaign && own(campaign, key), UTM_CHARS_MAX)).slice(
        0,
        UTM_CHARS_MAX,
      ),
    );
  return withChannel({
    referrer_host,
    utm_source: utm('source'),
    utm_medium: utm('medium'),
    utm_campaign: utm('campaign', 'name'),
    utm_term: utm('term'),
    utm_content: utm('content'),
    click_id: clickIdOf(parameters),
  });
}

/**
 * The events of one session share an entry, and the visitors of one ad a good part of it. By the site's object, which
 * is another one when its hosts were changed.
 */
const caches = new WeakMap<Site, Lru<string, Arrived>>();
const ENTRIES_MAX = 5_000;

/** The same without a campaign beside it, looked up for the many that come by one address from one place. */
export function knownArrival(site: Site, url: string, referrer: string): Arrived {
  let cache = caches.get(site);
  if (!cache) {
    cache = new Lru(ENTRIES_MAX);
    caches.set(site, cache);
  }
  const key = `${url}\n${referrer}`;
  let arrived = cache.get(key);
  if (!arrived) {
    arrived = arrivedBy(site, url, referrer);
    cache.set(key, arrived);
  }
  return arrived;
}
