import type { Channel } from '@throughline/contract';
import { arrivalOfVisit } from '../linker/carried.ts';
import { type Arrived, arrivedBy, fromOwnHost, hasCampaign, knownArrival } from './arrived.ts';
import type { Draft, Step, Tools } from './draft.ts';
import { ADDRESS_CHARS_MAX } from './incoming.ts';
import { fieldsOf, textOf } from './text.ts';

const addressOf = (value: unknown): string => textOf(value, ADDRESS_CHARS_MAX);

/**
 * By what the visitor came back in the middle of a visit: a view of a page with a campaign of its own that no page of the site led to.
 * Undefined for all other events, which are of the campaign that began the visit; so is a visit as a whole.
 */
function broughtBack({ row, incoming, arrival }: Draft): Arrived | undefined {
  // Where nothing brought the visit the page is an open tab's, and its campaign was counted when it was loaded.
  if (row.name !== 'page_viewed' || incoming.source !== 'tag' || incoming.entry?.referrer === undefined)
    return undefined;
  const [url, referrer] = [addressOf(incoming.url), addressOf(incoming.referrer)];
  const itself = knownArrival(arrival.site, url, referrer);
  return hasCampaign(itself) && !fromOwnHost(arrival.site, url, referrer) ? itself : undefined;
}

const OFFLINE: Readonly<Record<string, Channel>> = { store_visit: 'store', support_contact: 'call' };

/**
 * channel, utm_*, click_id, referrer_host: of the session's first page (or of what had brought the visitor to the host that led there), or of
 * the event's own page when that is all there is, or when that page has a campaign that brought the visitor back.
 */
export const putChannel: Step = {
  name: 'channel',
  run(draft: Draft, tools: Tools) {
    const { row, incoming, arrival } = draft;
    const { entry } = incoming;
    const url = addressOf(entry?.url ?? incoming.url);
    const referrer = addressOf(entry ? entry.referrer : incoming.referrer);
    const campaign = fieldsOf(incoming.campaign);
    if (url === '' && referrer === '' && !campaign) {
      row.channel = (Object.hasOwn(OFFLINE, row.name) ? OFFLINE[row.name] : undefined) ?? 'unassigned';
      return undefined;
    }
    const { site, user_agent } = arrival;
    const arrived = campaign
      ? arrivedBy(site, url, referrer, campaign)
      : (broughtBack(draft) ??
        arrivalOfVisit(site, { url, referrer, user_agent, site_secret: tools.siteSecretOf?.(site) }));
    Object.assign(row, arrived);
    return undefined;
  },
};
