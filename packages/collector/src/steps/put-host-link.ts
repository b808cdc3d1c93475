import { LINK_PARAMETER, type LinkToken, readToken, type TokenFault, tokenIn } from '../linker/token.ts';
import type { Draft, NewLink, Step, Tools } from './draft.ts';
import { hostListed, hostOf } from './hosts.ts';
import { textOf } from './text.ts';

/** Whether the page was reached from another host of the site. Nobody but the site's own pages can make a browser say so. */
function comesFromSite({ arrival, row }: Draft, page_host: string): boolean {
  const from = hostOf(row.referrer);
  return from !== '' && from !== page_host && hostListed(from, arrival.site.hosts);
}

function tokenOf(draft: Draft, url: string, tools: Tools): LinkToken | TokenFault {
  const { site, user_agent, received_ms: now_ms } = draft.arrival;
  const secret = tools.siteSecretOf?.(site);
  const text = tokenIn(url);
  if (!secret || !text) return 'forged';
  const token = readToken(secret, text, { site: site.site, user_agent, now_ms });
  return typeof token === 'object' && !comesFromSite(draft, new URL(url).host) ? 'not_from_site' : token;
}

/**
 * Evidence that the visitors of two hosts are one browser: to the page viewed on this one a page of the other led, with a
 * token that the collector had signed for its visitor. Both get the token as a checkout token, which joins what a
 * customer does here to what was done there, and never two customers. The facts are named after the token, and of facts with
 * one name only the first counts: a token is good once, whoever brings it again and to whichever collector. A bad one changes
 * nothing but a count.
 */
export const putHostLink: Step = {
  name: 'host link',
  run(draft: Draft, tools: Tools) {
    const { incoming, arrival, row } = draft;
    const { url } = incoming;
    if (row.name !== 'page_viewed' || typeof url !== 'string' || !url.includes(`${LINK_PARAMETER}=`))
      return undefined;
    if (!URL.canParse(url)) return undefined;
    const token = tokenOf(draft, url, tools);
    if (typeof token === 'string') {
      draft.token_fault = token;
      return undefined;
    }
    if (token.visitor_id === row.visitor_id) return undefined;
    const value = `link.${token.id}`;
    const fact = {
      site: row.site,
      kind: 'identify',
      identifiers: [{ kind: 'checkout_token', value }],
      traits: {},
      proven: true,
      source: textOf(row.source, 20),
      author: '',
      reason: '',
      target: '',
    } satisfies Partial<NewLink>;
    const issued_at = new Date(token.issued_ms).toISOString();
    draft.host_links = [
      {
        ...fact,
        event_id: `${value}.to`,
        visitor_id: row.visitor_id,
        session_id: row.session_id,
        session_started_at: new Date(row.session_started_at).toISOString(),
        // The collector's clock: the first to come counts, not the one who says they were.
        time: new Date(arrival.received_ms).toISOString(),
        seq: row.seq,
      },
      {
        ...fact,
        event_id: `${value}.from`,
        visitor_id: token.visitor_id,
        session_id: '',
        session_started_at: issued_at,
        time: issued_at,
        seq: 0,
      },
    ];
    return undefined;
  },
};
