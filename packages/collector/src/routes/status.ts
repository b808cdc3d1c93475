import type { Gauge } from '../metrics.ts';
import { prometheusText } from '../metrics.ts';
import { CORS, json } from './answer.ts';
import type { Route } from './route.ts';

export interface StatusOptions {
  tag: Uint8Array;
  storeAnswers(): Promise<boolean>;
  spoolHasRoom(): boolean;
  gauges(): Gauge[];
}

/** The tag itself, and what those who run the machine ask. */
export function statusRoutes({ tag, storeAnswers, spoolHasRoom, gauges }: StatusOptions): Route[] {
  const script = Buffer.from(tag);
  return [
    {
      method: 'GET',
      path: '/t.js',
      access: 'public',
      handle: () => ({
        status: 200,
        headers: {
          ...CORS,
          'content-type': 'text/javascript; charset=utf-8',
          'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
        },
        body: script,
      }),
    },
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
