import { LIMITS, type Site } from '@throughline/contract';
import type { Received } from '../intake.ts';
import type { Arrival, Incoming } from '../steps/incoming.ts';
import { type Fields, fieldsOf, own } from '../steps/text.ts';
import { ADVICE } from './advice.ts';
import { received } from './answer.ts';
import { readJson } from './body.ts';
import type { Answer, Call } from './call.ts';
import { refusal, withIds } from './failure.ts';
import { segmentPlace, within } from './place.ts';
import { addressOf, hintsOf } from './request.ts';
import type { Route } from './route.ts';
import { CALL_TYPES, type CallType, fromBrowser, incomingOf, sentOf } from './segment-call.ts';
import { limit, limitKey, type Services, siteOfWriteKey } from './services.ts';
import { readFor, writeKeyOf } from './write-key.ts';

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
  const body = await readFor(services, call, readJson);
  const batched = kind === 'batch' || kind === 'import';
  const batch = own(body, 'batch');
  const calls = batched ? (Array.isArray(batch) ? batch : []) : [body];
  const events = Math.max(1, calls.length);
  const key = writeKeyOf(call, body);
  const site = await siteOfWriteKey(services, key, events);
  if (calls.length === 0)
    throw refusal(400, 'malformed', 'The batch holds no calls; send at least one in `batch`.', {
      site: site.site,
      at: 'batch',
    });
  return take(services, call, { site, key, kind, body, calls }).catch((error: unknown) =>
    withIds(
      error,
      calls.map((one) => own(fieldsOf(one) ?? {}, 'messageId')),
    ),
  );
}

async function take(
  services: Services,
  call: Call,
  {
    site,
    key,
    kind,
    body,
    calls,
  }: { site: Site; key: string; kind: CallType | 'batch' | 'import'; body: Fields; calls: unknown[] },
): Promise<Answer> {
  const batched = kind === 'batch' || kind === 'import';
  const events = calls.length;
  if (calls.length > LIMITS.batch_events_max) {
    throw refusal(400, 'too_many_events', ADVICE.too_many_events, { site: site.site, events, at: 'batch' });
  }
  limitKey(services, key, site.site, events);
  const browser = call.header('origin') !== undefined;
  const arrival: Arrival = {
    site,
    received_ms: services.now(),
    sent_ms: sentOf(body, fieldsOf(calls[0]) ?? {}),
    user_agent: call.header('user-agent') ?? '',
    hints: hintsOf(call),
    address: browser ? limit(services, call, site.site, events) : addressOf(call, services.trust_proxy),
  };
  const source = kind === 'import' ? 'import' : 'server';
  const shared = fieldsOf(own(body, 'context'));
  const incoming = calls.map((entry, index): Incoming => {
    const call = withContext(fieldsOf(entry) ?? {}, batched ? shared : undefined);
    const type = batched ? typeOf(call) : kind;
    const made = incomingOf(call, type ?? 'track', index, source);
    // The steps refuse these; what else is in them is of no matter.
    if (!fieldsOf(entry)) made.wrong = '';
    else if (!type) made.wrong = 'type';
    return browser ? fromBrowser(made, arrival) : made;
  });
  const outcome: Received = await services.intake.receive(arrival, incoming);
  return received(outcome, { success: true }, (index, field) =>
    within(batched ? `batch[${index}]` : '', segmentPlace(calls[index], incoming[index]!.reader, field)),
  );
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
