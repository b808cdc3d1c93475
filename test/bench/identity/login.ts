// How long a login takes to be in the reports while events keep coming: a visitor with an earlier session identifies, and the
// customer page is asked for that visitor until it is the customer's.
// Usage: npm run bench -- identity login [--rate 500 --logins 20]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog, readConfig, realEffects, startServer } from '../../../packages/throughline/src/index.ts';
import { argument } from './argument.ts';

const rate = argument('rate', 500);
const logins = argument('logins', 20);
const BATCH = 50;
const GOAL_MS = 3_000;

const data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-login-'));
const log = createLog({
  level: 'error',
  pretty: true,
  clock: realEffects.clock,
  write: (line) => process.stderr.write(line),
});
const server = await startServer(
  readConfig({ PORT: '0', DATA_DIR: data_dir, RATE_LIMIT: 'off', LOG_LEVEL: 'error' }),
  {
    log,
    effects: realEffects,
  },
);
const headers = { authorization: `Bearer ${server.admin_token}`, 'content-type': 'application/json' };
const api = `${server.url}/api/sites/${server.site}`;
const made = await fetch(`${api}/keys`, { method: 'POST', headers, body: '{"kind":"write"}' });
const { key } = (await made.json()) as { key: string };

let sent = 0;
async function send(calls: object[]): Promise<void> {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    },
    body: JSON.stringify({ batch: calls }),
  });
  if (!response.ok) throw new Error(`The collector answered ${response.status}.`);
  await response.arrayBuffer();
  sent += calls.length;
}

const call = (visitor: string, more: object) => {
  const timestamp = new Date().toISOString();
  return {
    type: 'track',
    event: 'product_viewed',
    messageId: crypto.randomUUID(),
    anonymousId: visitor,
    timestamp,
    context: { sessionId: `${Date.now().toString(36)}.${visitor}` },
    ...more,
  };
};

/** A shop's ordinary traffic: one call in twenty says who it is. */
let over = false;
async function load(): Promise<void> {
  for (let next = performance.now(); !over; next += (1000 * BATCH) / rate) {
    await delay(Math.max(0, next - performance.now()));
    await send(
      Array.from({ length: BATCH }, () => {
        const visitor = `v${Math.floor(Math.random() * 20_000)}`;
        return call(visitor, Math.random() < 0.05 ? { type: 'identify', userId: `u-${visitor}` } : {});
      }),
    );
  }
}

async function secondsUntilCredited(visitor: string): Promise<number> {
  await send([call(visitor, {})]);
  await delay(2_000);
  const from = performance.now();
  await send([call(visitor, { type: 'identify', userId: `customer-${visitor}` })]);
  for (;;) {
    const response = await fetch(`${api}/customers/${visitor}`, { headers });
    const { id } = (await response.json()) as { id?: string };
    if (id?.startsWith('p_')) return performance.now() - from;
    await delay(50);
  }
}

const begun = performance.now();
const traffic = load();
await delay(5_000);
const times: number[] = [];
for (let turn = 0; turn < logins; turn += 1) times.push(await secondsUntilCredited(`login-${turn}`));
over = true;
await traffic;
const seconds = (performance.now() - begun) / 1000;
times.sort((a, b) => a - b);
console.log(
  `\n${logins} logins under ${(sent / seconds).toFixed(0)} events/s, until the earlier session is the customer's`,
);
console.table([
  {
    'median, ms': Math.round(times[times.length >> 1]!),
    'worst, ms': Math.round(times.at(-1)!),
  },
]);
await server.close();
await rm(data_dir, { recursive: true, force: true });
if (times.at(-1)! > GOAL_MS) {
  console.error(`Above the goal of ${GOAL_MS} ms.`);
  process.exitCode = 1;
}
