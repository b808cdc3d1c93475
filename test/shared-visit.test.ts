// One visit in which two customers are named: a form's sign-up tells an e-mail address, then the shop tells its own id and no
// address. Nothing says that they are one, so they are two people of one visit, and every report counts that visit once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CustomerView, MapView, OverviewView, PeopleView } from '@throughline/contract';
import type { RunningThroughline } from 'throughline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runServer } from './run-server.ts';

let server: RunningThroughline;
let data_dir: string;

beforeAll(async () => {
  data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-visit-'));
  server = await runServer(data_dir);
  const { key } = await ask<{ key: string }>('POST', 'keys', { kind: 'write' });
  const page = { url: 'https://shop.example/?utm_source=news&utm_medium=email', referrer: '' };
  const call = (minute: string, more: object) => ({
    messageId: `m${minute}`,
    anonymousId: 'phone',
    timestamp: `2026-11-20T08:${minute}:00.000Z`,
    context: { sessionId: 's1', page },
    ...more,
  });
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    },
    body: JSON.stringify({
      batch: [
        call('00', { type: 'page' }),
        call('01', { type: 'track', event: 'product_viewed' }),
        call('02', {
          type: 'track',
          event: 'signup_completed',
          properties: { email: 'mai@shop.example' },
        }),
        call('03', { type: 'identify', userId: 'c-7' }),
        call('04', { type: 'track', event: 'cart_added' }),
        call('05', {
          type: 'track',
          event: 'order_completed',
          properties: { order_id: 'o1', total: 20 },
        }),
      ],
    }),
  });
  expect(response.status).toBe(200);
  await server.settled();
});
afterAll(async () => {
  await server?.close();
  await rm(data_dir, { recursive: true, force: true });
});

async function ask<Answer>(method: string, at: string, body?: object): Promise<Answer> {
  const response = await fetch(`${server.url}/api/sites/${server.site}/${at}`, {
    method,
    headers: { authorization: `Bearer ${server.admin_token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(response.status, `${method} ${at}`).toBeLessThan(300);
  return (await response.json()) as Answer;
}

const range = { from: '2026-11-20', to: '2026-11-21' };

describe('a visit in which a form tells an address and the shop its own id', () => {
  it('is one visit of two people, in the overview, by channel and on the map', async () => {
    const view = await ask<OverviewView>('POST', 'overview', range);
    expect([view.people, view.known_people, view.sessions]).toEqual([2, 2, 1]);
    expect(view.channels).toEqual([{ channel: 'email', people: 2, sessions: 1, buyers: 1, revenue: 20 }]);
    const { touchpoints } = await ask<MapView>('POST', 'map', range);
    expect(touchpoints.find(({ id }) => id === 'aware/email')).toMatchObject({ people: 1, events: 1 });
  });

  it('is in the list and the profile of each, from the identify on the second’s', async () => {
    const of = { report: 'everyone', request: range };
    const { people } = await ask<PeopleView>('POST', 'people', { of });
    expect(people.map(({ label, sessions, events, revenue }) => [label, sessions, events, revenue])).toEqual([
      ['c-7', 1, 3, 20],
      ['', 1, 3, 0],
    ]);
    const profiles = await Promise.all(people.map(({ id }) => ask<CustomerView>('GET', `customers/${id}`)));
    expect(
      profiles.map(({ sessions_list }) =>
        sessions_list.map(({ session_id, events }) => [session_id, ...events.map(({ name }) => name)]),
      ),
    ).toEqual([
      [['s1', 'identify', 'cart_added', 'order_completed']],
      [['s1', 'page_viewed', 'product_viewed', 'signup_completed']],
    ]);
  });
});
