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

const OFFLINE: Readonly<Record<string, Channel>> = { store_visit: 'store', support_contact: 'call' };

/** channel, utm_*, click_id, referrer_host: of the session's first page, or of the event's own page when that is all there is. */
export const putChannel: Step = {
  name: 'channel',
  run({ row, incoming, arrival }: Draft) {
    const { entry } = incoming;
    const url = textOf(entry?.url ?? incoming.url, ADDRESS_CHARS_MAX);
    const referrer = textOf(entry ? entry.referrer : incoming.referrer, ADDRESS_CHARS_MAX);
    const campaign = fieldsOf(incoming.campaign);
    if (url === '' && referrer === '' && !campaign) {
      row.channel = (Object.hasOwn(OFFLINE, row.name) ? OFFLINE[row.name] : undefined) ?? 'unassigned';
      return undefined;
    }
    let arrived: Arrived | undefined;
    if (campaign) arrived = arrivedBy(url, referrer, campaign, arrival.site.hosts);
    else {
      const cache = cacheOf(arrival.site);
      const key = `${url}\n${referrer}`;
      arrived = cache.get(key);
      if (!arrived) {
        arrived = arrivedBy(url, referrer, undefined, arrival.site.hosts);
        cache.set(key, arrived);
      }
    }
    row.referrer_host = arrived.referrer_host;
    row.channel = arrived.channel;
    row.utm_source = arrived.utm_source;
    row.utm_medium = arrived.utm_medium;
    row.utm_campaign = arrived.utm_campaign;
    row.utm_term = arrived.utm_term;
    row.utm_content = arrived.utm_content;
    row.click_id = arrived.click_id;
    return undefined;
  },
};
