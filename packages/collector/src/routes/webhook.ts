import type { Arrival } from '../steps/incoming.ts';
import { PLATFORMS, type PlatformName, platformOf } from '../webhooks/platform.ts';
import type { SecretBook } from '../webhooks/secrets.ts';
import { isSigned } from '../webhooks/signature.ts';
import { ADVICE } from './advice.ts';
import { json, received } from './answer.ts';
import { parseJson, readBytes } from './body.ts';
import type { Answer, Call } from './call.ts';
import { Failure, refusal } from './failure.ts';
import type { Route } from './route.ts';
import { limitKey, type Services, siteOf } from './services.ts';

/**
 * `POST /webhooks/:platform/:site`: orders and refunds as the shop's own platform tells them. The same delivery again
 * makes the same event ids and counts once; a topic or status that is none of ours is answered 200, or the platform
 * would stop sending.
 */
export const webhookRoute = (services: Services, secrets: SecretBook): Route => ({
  method: 'POST',
  path: '/webhooks/:platform/:site',
  access: 'signature',
  handle: (call) => handle(services, secrets, call),
});

async function handle(services: Services, secrets: SecretBook, call: Call): Promise<Answer> {
  const platform = platformOf(call.param('platform') ?? '');
  if (!platform) throw new Failure(404, 'unknown_platform', UNKNOWN_PLATFORM);
  const { read, topic, test } = PLATFORMS[platform];
  const site = await siteOf(services, call.param('site'), 1);
  const body = await bodyOf(call, site.site);
  if (platform === 'woocommerce' && isPing(call, body)) return json({ ping: true });
  await requireSignature(secrets, call, { platform, site: site.site, body });
  limitKey(services, `webhook ${site.site}`, site.site, 1);
  if (test !== undefined && call.header(test) === 'true') return json({ accepted: 0, ignored: 'test' });

  const payload = parsed(body, site.site);
  const incoming = read({ platform, topic: headerOf(call, topic), payload });
  if (incoming.length === 0) return json({ accepted: 0, ignored: 'topic_or_status' });
  const arrival: Arrival = {
    site,
    received_ms: services.now(),
    sent_ms: undefined,
    user_agent: '',
    hints: undefined,
    address: '',
  };
  const outcome = await services.intake.receive(arrival, incoming);
  return received(outcome, { accepted: outcome.accepted }, (_index, field) => field);
}

const UNKNOWN_PLATFORM = `The platform is not known here; use one of ${Object.keys(PLATFORMS).join(', ')}.`;

const headerOf = (call: Call, names: readonly string[]): string =>
  names.map((name) => call.header(name)).find((value) => value !== undefined) ?? '';

/** What cannot be read counts for the site of the address. */
async function bodyOf(call: Call, site: string): Promise<Buffer> {
  try {
    return await readBytes(call);
  } catch (error) {
    throw error instanceof Failure ? error.of(site) : error;
  }
}

function parsed(body: Buffer, site: string) {
  try {
    return parseJson(body);
  } catch (error) {
    throw error instanceof Failure ? error.of(site) : error;
  }
}

/**
 * WooCommerce posts `webhook_id=12`, unsigned, when a webhook is saved, and disables one whose ping is refused
 * (https://github.com/woocommerce/woocommerce/issues/15642). Nothing is done with it.
 */
const isPing = (call: Call, body: Buffer): boolean =>
  call.header('x-wc-webhook-signature') === undefined &&
  body.length < 40 &&
  /^webhook_id=\d+$/.test(body.toString('latin1'));

async function requireSignature(
  secrets: SecretBook,
  call: Call,
  { platform, site, body }: { platform: PlatformName; site: string; body: Buffer },
): Promise<void> {
  const secret = await secrets.find(site, platform);
  if (secret !== undefined && isSigned(body, secret, headerOf(call, PLATFORMS[platform].signature))) return;
  const message =
    secret === undefined
      ? `No secret is kept for ${platform} and this site; add it with npx throughline webhook add.`
      : ADVICE.wrong_signature;
  throw refusal(401, 'wrong_signature', message, { site });
}
