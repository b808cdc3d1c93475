import type { Gauge } from '../metrics.ts';
import { prometheusText } from '../metrics.ts';
import { json } from './answer.ts';
import type { Route } from './route.ts';

export interface StatusOptions {
  storeAnswers(): Promise<boolean>;
  spoolHasRoom(): boolean;
  gauges(): Gauge[];
}

/** What those who run the machine ask. */
export function statusRoutes({ storeAnswers, spoolHasRoom, gauges }: StatusOptions): Route[] {
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
      access: 'public',
      handle: () => ({
        status: 200,
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
        body: prometheusText(gauges()),
      }),
    },
  ];
}
