import type { Gauge } from '../metrics.ts';
import { prometheusText } from '../metrics.ts';
import { json } from './answer.ts';
import type { Call } from './call.ts';
import { Failure } from './failure.ts';
import { addressOf, isForwarded, isPrivate } from './request.ts';
import type { Route } from './route.ts';

export interface StatusOptions {
  storeAnswers(): Promise<boolean>;
  spoolHasRoom(): boolean;
  gauges(): Promise<Gauge[]>;
  trust_proxy: boolean;
  /** Whether a token may read the metrics from anywhere. Without it, only this machine and its private networks may. */
  is_operator?: ((token: string) => boolean) | undefined;
}

/** What those who run the machine ask. */
export function statusRoutes(options: StatusOptions): Route[] {
  const { storeAnswers, spoolHasRoom, gauges } = options;
  return [
    { method: 'GET', path: '/healthz', access: 'public', handle: () => json({ ok: true }) },
    {
      method: 'GET',
      path: '/readyz',
      access: 'public',
      async handle() {
        const store = await storeAnswers();
        const spool = spoolHasRoom();
        return json({ ready: store && spool, store, spool }, store && spool ? 200 : 503);
      },
    },
    {
      // For a balancer: while the store is away, events are taken all the same.
      method: 'GET',
      path: '/readyz/intake',
      access: 'public',
      async handle() {
        const spool = spoolHasRoom();
        return json({ ready: spool, spool }, spool ? 200 : 503);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      access: 'operator',
      async handle(call) {
        requireOperator(call, options);
        return {
          status: 200,
          headers: {
            'content-type': 'text/plain; version=0.0.4; charset=utf-8',
            'cache-control': 'no-store',
          },
          body: prometheusText(await gauges()),
        };
      },
    },
  ];
}

/** They tell how much a shop sells. */
function requireOperator(call: Call, { is_operator, trust_proxy }: StatusOptions): void {
  const [, token = ''] = /^bearer (.+)$/i.exec(call.header('authorization') ?? '') ?? [];
  if (is_operator) {
    if (is_operator(token)) return;
    throw new Failure(401, 'wrong_token', 'The metrics need METRICS_TOKEN as a bearer token.');
  }
  // Behind a proxy that is not told of, everybody seems to be a neighbour.
  const hidden = !trust_proxy && isForwarded(call);
  if (!hidden && isPrivate(addressOf(call, trust_proxy))) return;
  throw new Failure(
    403,
    'not_from_here',
    'The metrics are for this machine and its private networks; set METRICS_TOKEN to read them from elsewhere.',
  );
}
