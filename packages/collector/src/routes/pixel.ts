import { hostListed, hostOf } from '../steps/hosts.ts';
import type { Arrival, Incoming } from '../steps/incoming.ts';
import { ADVICE } from './advice.ts';
import { received } from './answer.ts';
import type { Answer, Call } from './call.ts';
import { refusal } from './failure.ts';
import { pixelPlace } from './place.ts';
import { hintsOf } from './request.ts';
import type { Route } from './route.ts';
import { limit, type Services, siteOf } from './services.ts';
import { visitorCookie } from './visitor-cookie.ts';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const HEADERS = {
  'content-type': 'image/gif',
  'cache-control': 'no-store',
  'access-control-allow-origin': '*',
};

/**
 * `GET /p.gif`: one event for pages without script and for e-mails. Parameters: `site`; `e` the event's name
 * (page_viewed); `id` the event's id, so that the same picture loaded twice counts once; `v` the visitor; `u` the
 * shop's user id; `url`, `title`, `ref` the page; `p.<name>` properties.
 */
export const pixelRoute = (services: Services): Route => ({
  method: 'GET',
  path: '/p.gif',
  access: 'site_key',
  handle: (call) => handle(services, call),
});

async function handle(services: Services, call: Call): Promise<Answer> {
  const query = call.url().searchParams;
  const site = await siteOf(services, query.get('site'), 1);
  const from = hostOf(call.header('referer'));
  // E-mail programs tell no page; a page of somebody else's does.
  if (from !== '' && site.hosts.length > 0 && !hostListed(from, site.hosts))
    throw refusal(403, 'wrong_origin', ADVICE.wrong_origin, { site: site.site });
  const arrival: Arrival = {
    site,
    received_ms: services.now(),
    sent_ms: undefined,
    user_agent: call.header('user-agent') ?? '',
    hints: hintsOf(call),
    address: limit(services, call, site.site, 1),
  };
  const outcome = await services.intake.receive(arrival, [incomingOf(services, call, query)]);
  return outcome.accepted === 1
    ? { status: 200, headers: HEADERS, body: GIF }
    : received(outcome, {}, (_index, field) => pixelPlace(field));
}

function incomingOf(services: Services, call: Call, query: URLSearchParams): Incoming {
  const said = (name: string) => query.get(name) ?? undefined;
  const user_id = said('u');
  const properties = [...query]
    .filter(([name]) => name.startsWith('p.'))
    .map(([name, value]) => [name.slice(2), value]);
  return {
    source: 'pixel',
    reader: 'pixel',
    event_id: said('id'),
    // Without a script nobody can be recognised: each such view is a stranger of its own.
    visitor_id:
      said('v') ??
      visitorCookie(call.header('cookie'))?.id ??
      (user_id === undefined ? `n_${services.newId()}` : undefined),
    user_id,
    name: said('e') ?? 'page_viewed',
    seq: 0,
    url: said('url') ?? call.header('referer'),
    title: said('title'),
    referrer: said('ref'),
    properties: Object.fromEntries(properties),
  };
}
