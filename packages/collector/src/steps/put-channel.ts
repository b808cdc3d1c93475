import type { Channel, Site } from '@throughline/contract';
import { Lru } from '../lru.ts';
import { channelOf, clickIdOf } from './channel.ts';
import type { Draft, Step } from './draft.ts';
import { appOf, hostListed, hostOf } from './hosts.ts';
import { ADDRESS_CHARS_MAX } from './incoming.ts';
import { withoutEmails } from './privacy.ts';
import { type Fields, fieldsOf, own, textOf } from './text.ts';

const UTM_CHARS_MAX = 200;

interface Arrived {
  /** From a page of the site itself. */
  own_host: boolean;
  referrer_host: string;
  channel: Channel;
  utm_source: string;
  utm_medium: string;
  utm_campaign: string;
  utm_term: string;
  utm_content: string;
  click_id: string;
}

/**
 * The events of one session share an entry, and the visitors of one ad a good part of it. By the site's object, which
 * is another one when its hosts were changed.
 */
const caches = new WeakMap<Site, Lru<string, Arrived>>();
const ENTRIES_MAX = 5_000;

function cacheOf(site: Site): Lru<string, Arrived> {
  let cache = caches.get(site);
  if (!cache) {
    cache = new Lru(ENTRIES_MAX);
    caches.set(site, cache);
  }
  return cache;
}

function arrivedBy(
  url: string,
  referrer: string,
  campaign: Fields | undefined,
  hosts: readonly string[],
): Arrived {
  const page = URL.canParse(url) ? new URL(url) : undefined;
  const parameters = page?.searchParams ?? new URLSearchParams();
  const utm = (name: string, key: string): string =>
    withoutEmails(
      (parameters.get(`utm_${name}`) || textOf(campaign && own(campaign, key), UTM_CHARS_MAX)).slice(
        0,
        UTM_CHARS_MAX,
      ),
    );
  const from = hostOf(referrer).replace(/:\d+$/, '').toLowerCase() || appOf(referrer);
  const ownHost = from === page?.hostname || hostListed(from, hosts);
  const origin = {
    source: utm('source', 'source'),
    medium: utm('medium', 'medium'),
    campaign: utm('campaign', 'name'),
    click_id: clickIdOf(parameters),
    referrer_host: ownHost ? '' : from.replace(/^www\./, ''),
  };
  return {
    own_host: ownHost,
    referrer_host: origin.referrer_host,
    channel: channelOf(origin),
    utm_source: origin.source,
    utm_medium: origin.medium,
    utm_campaign: origin.campaign,
    utm_term: utm('term', 'term'),
    utm_content: utm('content', 'content'),
    click_id: origin.click_id,
  };
}

/** The same for the many that come by the same address from the same place. */
function knownArrival(site: Site, url: string, referrer: string): Arrived {
  const cache = cacheOf(site);
  const key = `${url}\n${referrer}`;
  let arrived = cache.get(key);
  if (!arrived) {
    arrived = arrivedBy(url, referrer, undefined, site.hosts);
    cache.set(key, arrived);
  }
  return arrived;
}

/**
 * By what the visitor came back in the middle of a visit: a view of a page with a campaign of its own that no page of the site led to.
 * Undefined for all other events, which are of the campaign that began the visit; so is a visit as a whole.
 */
function broughtBack({ row, incoming, arrival }: Draft): Arrived | undefined {
  // Where nothing brought the visit the page is an open tab's, and its campaign was counted when it was loaded.
  if (row.name !== 'page_viewed' || incoming.source !== 'tag' || incoming.entry?.referrer === undefined)
    return undefined;
  const own = knownArrival(
    arrival.site,
    textOf(incoming.url, ADDRESS_CHARS_MAX),
    textOf(incoming.referrer, ADDRESS_CHARS_MAX),
  );
  const campaign = own.utm_source || own.utm_medium || own.utm_campaign || own.click_id;
  return campaign && !own.own_host ? own : undefined;
}

const OFFLINE: Readonly<Record<string, Channel>> = { store_visit: 'store', support_contact: 'call' };

/**
 * channel, utm_*, click_id, referrer_host: of the session's first page, or of the event's own page when that is all there is, or when
 * that page has a campaign that brought the visitor back.
 */
export const putChannel: Step = {
  name: 'channel',
  run(draft: Draft) {
    const { row, incoming, arrival } = draft;
    const { entry } = incoming;
    const url = textOf(entry?.url ?? incoming.url, ADDRESS_CHARS_MAX);
    const referrer = textOf(entry ? entry.referrer : incoming.referrer, ADDRESS_CHARS_MAX);
    const campaign = fieldsOf(incoming.campaign);
    if (url === '' && referrer === '' && !campaign) {
      row.channel = (Object.hasOwn(OFFLINE, row.name) ? OFFLINE[row.name] : undefined) ?? 'unassigned';
      return undefined;
    }
    const { own_host: _own, ...arrived } = campaign
      ? arrivedBy(url, referrer, campaign, arrival.site.hosts)
      : (broughtBack(draft) ?? knownArrival(arrival.site, url, referrer));
    Object.assign(row, arrived);
    return undefined;
  },
};
