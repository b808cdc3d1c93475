import { domainOf, hostOf } from '../steps/hosts.ts';
import type { Incoming } from '../steps/incoming.ts';
import type { Call } from './call.ts';
import { visitorCookie } from './visitor-cookie.ts';

/** Browsers keep no cookie longer than 400 days. */
const AGE_S = 400 * 24 * 3600;
/** By then a consent banner has told what it knows of the visitor's choice. */
const SETTLED_MS = 5_000;

export interface RenewalOptions {
  /** The host that the browser asked is in `X-Forwarded-Host` where a proxy has put another in its place. */
  trust_proxy: boolean;
  /** When the batch was sent, by the browser's clock; undefined when it does not say. */
  sent_ms: number | undefined;
  events: readonly Pick<Incoming, 'visitor_id' | 'name' | 'seq'>[];
}

/** What the complete build tells when a page is left or first hidden, and as well when a single-page app moves to another. */
export const LEFT: readonly unknown[] = ['page_engaged', 'page_slow'];
const VIEWED: readonly unknown[] = ['page_viewed'];

/** The highest `seq` among the events of these names; -1 for none, NaN where one is no number. */
function latest(events: RenewalOptions['events'], names: readonly unknown[]): number {
  const found = events.filter(({ name }) => names.includes(name));
  return Math.max(-1, ...found.map(({ seq }) => (typeof seq === 'number' ? seq : Number.NaN)));
}

/**
 * No page came after the one that was left. By `seq` alone: what an app's move tells of both pages may be of one millisecond, in
 * which a batch has no order, and what is told of the page that was left may even be of the millisecond after.
 */
const isLeft = (events: RenewalOptions['events']): boolean => latest(events, LEFT) > latest(events, VIEWED);

/** The domain that the page and the collector share, as browsers see it; undefined when they do not. */
function sharedDomain(asked: string, page: string): string | undefined {
  const own = domainOf(asked);
  return own !== null && own === domainOf(page) ? own : undefined;
}

/**
 * `Set-Cookie` that gives the visitor's cookie back for another 400 days, on the domain where the tag put it; undefined for none. Safari
 * keeps a cookie that a script has set for a week, one that the shop's own server has set for as long as it says. Moment and id
 * stay as they are, so that a reset that the browser has made meanwhile is the newer one.
 *
 * An answer that is on its way while the visitor denies consent would bring the cookie back that the tag has just removed. So it
 * is given back once for each time that the tag has written it, which is when a session begins, and not in the first moments of one, in which banners
 * tell of denials, unless nobody sees the page any more; and never to a batch of somebody else, such as one that is counted with nothing kept.
 */
export function renewedCookie(
  call: Call,
  { trust_proxy, sent_ms, events }: RenewalOptions,
): string | undefined {
  const cookie = visitorCookie(call.header('cookie'));
  if (!cookie || cookie.is_kept || sent_ms === undefined) return undefined;
  const own = events.filter(({ visitor_id }) => visitor_id === cookie.id);
  if (own.length === 0) return undefined;
  if (sent_ms - cookie.written_ms < SETTLED_MS && !isLeft(own)) return undefined;
  const origin = call.header('origin') ?? '';
  const forwarded = trust_proxy && call.header('x-forwarded-host')?.split(',')[0]?.trim();
  const domain = sharedDomain(forwarded || call.url().hostname, hostOf(origin));
  if (!domain) return undefined;
  const secure = origin.startsWith('https:') ? ';Secure' : '';
  return `${cookie.kept};Domain=${domain};Path=/;Max-Age=${AGE_S};SameSite=Lax${secure}`;
}
