import type { Site } from '@throughline/contract';
import { StoreError } from '@throughline/store';
import type { Intake } from '../intake.ts';
import { isLocal, type RateLimiter } from '../rate-limit.ts';
import type { SiteDirectory } from '../sites.ts';
import { ADVICE } from './advice.ts';
import type { Call } from './call.ts';
import { Failure, refusal } from './failure.ts';
import { addressOf, isForwarded } from './request.ts';

/** What the intake routes share. */
export interface Services {
  intake: Intake;
  sites: SiteDirectory;
  /** By address. */
  limiter: RateLimiter;
  /** By write key, or by the site's public key. */
  keyLimiter: RateLimiter;
  trust_proxy: boolean;
  now(): number;
  newId(): string;
  /** Absent: visitors are not followed to other hosts. */
  siteSecretOf?: ((site: Site) => string) | undefined;
  /** Told how many events of a site a browser says it dropped, with the batch of these events' ids. */
  onLost(site: string, events: number, ids: readonly unknown[]): void;
  /** Told of requests that a proxy on this machine passed on while TRUST_PROXY says that there is none. */
  onHiddenProxy(): void;
}

/** Turns a store that is away into an answer that says: again, later. */
async function asked(look: Promise<Site | undefined>): Promise<Site | undefined> {
  try {
    return await look;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new Failure(503, 'store_unavailable', 'The store does not answer; send again in a moment.', {
      retry_after_s: 2,
    });
  }
}

/** The site of a public key. Throws Failure when there is none. `events`: how many are refused then. */
export async function siteOf(services: Services, key: unknown, events: number): Promise<Site> {
  const site = typeof key === 'string' && key !== '' ? await asked(services.sites.find(key)) : undefined;
  if (site) return site;
  throw refusal(400, 'unknown_site', ADVICE.unknown_site, { at: 'site', events });
}

/** The site that a write key opens. Throws Failure when it opens none. */
export async function siteOfWriteKey(services: Services, key: string, events: number): Promise<Site> {
  const site = key === '' ? undefined : await asked(services.sites.findByWriteKey(key));
  if (site) return site;
  const message =
    key === '' ? 'A write key is missing: send it as the user name of Basic auth.' : ADVICE.wrong_key;
  throw refusal(401, 'wrong_key', message, { events });
}

/** The sender's address. Throws Failure when it, or all senders of the site together, send more than they may. */
export function limit(services: Services, call: Call, site: string, events: number): string {
  const address = addressOf(call, services.trust_proxy);
  const now = services.now();
  if (!services.trust_proxy && isLocal(address) && isForwarded(call)) services.onHiddenProxy();
  const wait_s = isLocal(address) ? 0 : services.limiter.wait_s(address, events, now);
  if (wait_s > 0)
    throw limited(`Too many events from one address; send again in ${wait_s} s.`, site, events, wait_s);
  limitKey(services, site, site, events);
  return address;
}

/** Throws Failure when more comes with this key than may. */
export function limitKey(services: Services, key: string, site: string, events: number): void {
  const wait_s = services.keyLimiter.wait_s(key, events, services.now());
  if (wait_s > 0)
    throw limited(`Too many events with one key; send again in ${wait_s} s.`, site, events, wait_s);
}

const limited = (message: string, site: string, events: number, retry_after_s: number): Failure =>
  refusal(429, 'rate_limited', message, { site, events, retry_after_s });
