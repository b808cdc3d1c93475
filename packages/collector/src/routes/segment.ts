import { LIMITS } from '@throughline/contract';
import type { Received } from '../intake.ts';
import type { Arrival, Incoming } from '../steps/incoming.ts';
import { type Fields, fieldsOf, own, textOf } from '../steps/text.ts';
import { received } from './answer.ts';
import { readJson } from './body.ts';
import type { Answer, Call } from './call.ts';
import { refusal } from './failure.ts';
import { addressOf, hintsOf } from './request.ts';
import type { Route } from './route.ts';
import { CALL_TYPES, type CallType, fromBrowser, incomingOf, sentOf } from './segment-call.ts';
import { type Services, siteOfWriteKey } from './services.ts';

const SHORT: Readonly<Record<string, CallType>> = {
  t: 'track',
  i: 'identify',
  p: 'page',
  s: 'screen',
  g: 'group',
  a: 'alias',
};

/** Segment's HTTP tracking API (https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/). */
export function segmentRoutes(services: Services): Route[] {
  const single = (name: string, type: CallType): Route => ({
    method: 'POST',
    path: `/v1/${name}`,
    access: 'write_key',
    handle: (call) => handle(services, call, type),
  });
  const many = (name: string): Route => ({
    method: 'POST',
    path: `/v1/${name}`,
    access: 'write_key',
    handle: (call) => handle(services, call, name === 'import' ? 'import' : 'batch'),
  });
  return [
    ...CALL_TYPES.map((type) => single(type, type)),
    ...Object.entries(SHORT).map(([name, type]) => single(name, type)),
    ...['batch', 'import', 'b'].map(many),
  ];
}

async function handle(services: Services, call: Call, kind: CallType | 'batch' | 'import'): Promise<Answer> {
  const body = await readJson(call);
  const batched = kind === 'batch' || kind === 'import';
  const batch = own(body, 'batch');
  const calls = batched ? (Array.isArray(batch) ? batch : []) : [body];
  const events = Math.max(1, calls.length);
  const site = await siteOfWriteKey(services, writeKeyOf(call, body), events);
  if (calls.length === 0)
    throw refusal(400, 'malformed', 'The batch holds no calls.', { site: site.site, at: 'batch' });
  if (calls.length > LIMITS.batch_events_max) {
    const message = `A batch holds at most ${LIMITS.batch_events_max} calls.`;
    throw refusal(400, 'too_many_events', message, { site: site.site, events, at: 'batch' });
  }
  const arrival: Arrival = {
    site,
    received_ms: services.now(),
    sent_ms: sentOf(body, fieldsOf(calls[0]) ?? {}),
    user_agent: call.header('user-agent') ?? '',
    hints: hintsOf(call),
    address: addressOf(call, services.trust_proxy),
  };
  const browser = call.header('origin') !== undefined;
  const source = kind === 'import' ? 'import' : 'server';
  const shared = fieldsOf(own(body, 'context'));
  const incoming = calls.map((entry, index): Incoming => {
    const call = withContext(fieldsOf(entry) ?? {}, batched ? shared : undefined);
    const type = batched ? typeOf(call) : kind;
    // Of an unknown type: an event without a name, which the steps refuse.
    const made = incomingOf(call, type ?? 'track', index, source);
    return browser ? fromBrowser(made, arrival) : made;
  });
  const outcome: Received = await services.intake.receive(arrival, incoming);
  return received(outcome, { success: true });
}

/** A batch may carry a `context` for all its calls; a call's own fields win. */
function withContext(call: Fields, shared: Fields | undefined): Fields {
  return shared ? { ...call, context: { ...shared, ...fieldsOf(own(call, 'context')) } } : call;
}

const typeOf = (call: Fields): CallType | undefined => {
  const type = own(call, 'type');
  if (type === undefined && own(call, 'event') !== undefined) return 'track';
  return CALL_TYPES.find((one) => one === type);
};

/** By Basic auth (as the user name), Bearer, or `writeKey` in the body. */
function writeKeyOf(call: Call, body: Fields): string {
  const header = call.header('authorization') ?? '';
  const [scheme = '', value = ''] = header.split(' ', 2);
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  if (/^bearer$/i.test(scheme)) return value;
  return textOf(own(body, 'writeKey'), 200);
}
