import { LIMITS, named, namedBatch, type Site, type WireAnswer } from '@throughline/contract';
import { LINK_HEADER, linkOf } from '../linker/link.ts';
import { isMap } from '../steps/check-shape.ts';
import { originAllowed } from '../steps/hosts.ts';
import { ADDRESS_CHARS_MAX, type Arrival, type Entry, type Incoming } from '../steps/incoming.ts';
import { pageOf } from '../steps/privacy.ts';
import { type Fields, fieldsOf, own, textOf } from '../steps/text.ts';
import { ADVICE } from './advice.ts';
import { received } from './answer.ts';
import { readJson } from './body.ts';
import type { Answer, Call } from './call.ts';
import { refusal, withIds } from './failure.ts';
import { tagPlace } from './place.ts';
import { LEFT, renewedCookie } from './renewal.ts';
import { hintsOf } from './request.ts';
import type { Route } from './route.ts';
import { limit, type Services, siteOf } from './services.ts';
import { identityOf, nameOf, propertiesOf, shownIn, withHex } from './tag-event.ts';

/** `POST /e`: a WireBatch from the tag, or the list of the same. */
export const eventsRoute = (services: Services): Route => ({
  method: 'POST',
  path: '/e',
  access: 'site_key',
  handle: (call) => handle(services, call),
});

async function handle(services: Services, call: Call): Promise<Answer> {
  const batch = await readJson(call, namedBatch);
  const events = own(batch, 'events');
  const count = Array.isArray(events) ? Math.max(1, events.length) : 1;
  const site = await siteOf(services, own(batch, 'site'), count);
  if (!Array.isArray(events) || events.length === 0)
    throw refusal(400, 'malformed', 'The batch holds no events; send at least one in `events`.', {
      site: site.site,
      at: 'events',
    });
  return take(services, call, { site, batch, events }).catch((error: unknown) =>
    withIds(error, idsIn(events.slice(0, LIMITS.batch_events_max).map(named))),
  );
}

async function take(
  services: Services,
  call: Call,
  { site, batch, events }: { site: Site; batch: Fields; events: unknown[] },
): Promise<Answer> {
  const count = events.length;
  if (events.length > LIMITS.batch_events_max) {
    throw refusal(400, 'too_many_events', ADVICE.too_many_events, {
      site: site.site,
      events: count,
      at: 'events',
    });
  }
  const named_events = events.map(named);
  const first = fieldsOf(named_events[0]);
  const caller = {
    origin: call.header('origin'),
    referrer: call.header('referer'),
    page: first && textOf(own(first, 'url'), LIMITS.url_chars_max),
  };
  if (!originAllowed(site.hosts, caller)) {
    throw refusal(403, 'wrong_origin', ADVICE.wrong_origin, { site: site.site, events: count });
  }
  const sent = own(batch, 'sent_at');
  const arrival: Arrival = {
    site,
    received_ms: services.now(),
    sent_ms: typeof sent === 'number' && Number.isFinite(sent) ? sent : undefined,
    user_agent: call.header('user-agent') ?? '',
    hints: hintsOf(call),
    address: limit(services, call, site.site, count),
  };
  const incoming = incomingOf(batch, [...named_events, ...shownIn(events, named_events)]);
  const outcome = await services.intake.receive(arrival, incoming);
  // Not of a batch that was not taken, which comes again.
  const lost = own(batch, 'lost');
  if (typeof lost === 'number' && lost > 0 && lost < 1e6)
    services.onLost(site.site, Math.floor(lost), idsIn(named_events));
  const link =
    services.siteSecretOf && outcome.accepted > 0
      ? linkOf(call, {
          site,
          visitor: visitorIn(batch, first),
          entry: incoming[0]?.entry,
          site_secret: services.siteSecretOf(site),
          now_ms: arrival.received_ms,
        })
      : undefined;
  const cookie =
    outcome.accepted > 0
      ? renewedCookie(call, {
          trust_proxy: services.trust_proxy,
          sent_ms: arrival.sent_ms,
          events: incoming,
        })
      : undefined;
  const answer = received(outcome, { accepted: outcome.accepted, link } satisfies WireAnswer, tagPlace);
  return {
    ...answer,
    headers: {
      ...answer.headers,
      ...(link && { [LINK_HEADER]: link }),
      ...(cookie && { 'set-cookie': cookie }),
    },
  };
}

/** As the events say them, each under its name; undefined for one without. */
const idsIn = (events: readonly unknown[]): unknown[] =>
  events.map((event) => own(fieldsOf(event) ?? {}, 'id'));

const visitorIn = (batch: Fields, event: Fields | undefined): unknown =>
  (event && own(event, 'visitor')) ?? own(batch, 'visitor');

/** Where an entry of `events` cannot be read; undefined when it can. */
function wrongIn(entry: unknown): string | undefined {
  const event = fieldsOf(entry);
  if (!event) return '';
  const identity = own(event, 'identity') ?? undefined;
  return identity === undefined || fieldsOf(identity) ? undefined : 'identity';
}

/** What is no object goes on as an event that says so, which the steps refuse. */
function incomingOf(batch: Fields, events: readonly unknown[]): Incoming[] {
  const sessions = fieldsOf(own(batch, 'sessions'));
  return events.map((entry): Incoming => {
    const event = fieldsOf(entry) ?? {};
    const session_id = own(event, 'session');
    const properties = fieldsOf(own(event, 'properties'));
    const identity = identityOf(event, properties);
    const name = nameOf(event, properties);
    return {
      source: 'tag',
      wrong: wrongIn(entry),
      reader: textOf(own(event, 'reader'), 40),
      event_id: own(event, 'id'),
      visitor_id: visitorIn(batch, event),
      session_id,
      name: name === undefined && identity ? 'identify' : name,
      at: own(event, 'at'),
      seq: own(event, 'seq'),
      url: own(event, 'url'),
      url_cleaned: true,
      // What a view of a single-page app leaves behind is told when the next one is there, with its title.
      title: LEFT.includes(name) ? undefined : own(event, 'title'),
      referrer: own(event, 'referrer'),
      entry: entryOf(fieldsOf(own(event, 'entry')) ?? entryIn(sessions, session_id) ?? nothingBrought(event)),
      properties: withCanonical(event, propertiesOf(event, properties)),
      user_id: identity && own(identity, 'user_id'),
      proof: identity && own(identity, 'proof'),
      previous_id: identity && own(identity, 'previous_id'),
      traits: identity && (withHex(fieldsOf(own(identity, 'traits'))) ?? own(identity, 'traits')),
    };
  });
}

const entryIn = (sessions: Fields | undefined, session_id: unknown): Fields | undefined =>
  sessions && typeof session_id === 'string' ? fieldsOf(own(sessions, session_id)) : undefined;

/** The page itself, without its referrer, and without its campaign, which was counted when it was loaded. */
const nothingBrought = (event: Fields): Fields | undefined =>
  own(event, 'entry') === 0
    ? { url: textOf(own(event, 'url'), ADDRESS_CHARS_MAX).replace(/[?#].*/, '') }
    : undefined;

const entryOf = (entry: Fields | undefined): Entry | undefined =>
  entry && { url: own(entry, 'url'), referrer: own(entry, 'referrer') };

/** The page's canonical address is a property like others, where it says more than the address itself. */
function withCanonical(event: Fields, told: Fields | undefined): unknown {
  const properties = told ?? own(event, 'properties');
  const canonical = pageOf(own(event, 'canonical')).url;
  if (canonical === '' || canonical === pageOf(own(event, 'url')).url || !isMap(properties))
    return properties;
  return { canonical, ...told };
}
