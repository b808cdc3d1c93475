// How long a login takes to be in the reports while events keep coming: a visitor with an earlier session identifies, and the
// customer's page, a funnel and the list behind it are asked until all of them say that the earlier session is the customer's.
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

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** Whether the phone is a customer's, on their page. */
async function isOnThePage(turn: number): Promise<boolean> {
  const page = await fetch(`${api}/customers/phone-${turn}`, { headers });
  return ((await page.json()) as { id?: string }).id?.startsWith('p_') ?? false;
}

async function ask<Answer>(report: string, body: object): Promise<Answer> {
  const response = await fetch(`${api}/${report}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as Answer;
}

/** Whether what both browsers did is one person's in a funnel over the two and in the list behind it. */
async function isInTheReports(turn: number): Promise<boolean> {
  const request = {
    from: day(-1),
    to: day(2),
    steps: [{ event: `seen_${turn}` }, { event: `bought_${turn}` }],
  };
  const [{ steps }, { total }] = await Promise.all([
    ask<{ steps: { people: number }[] }>('funnel', request),
    ask<{ total: number }>('people', { of: { report: 'funnel', request, step: 2, state: 'reached' } }),
  ]);
  return steps[1]!.people === 1 && total === 1;
}

/** A customer who bought on a laptop has been looking around on a phone before, and now logs in there. */
async function msUntilCredited(turn: number): Promise<{ page: number; reports: number }> {
  const user = `customer-${turn}`;
  await send([call(`phone-${turn}`, { event: `seen_${turn}` })]);
  await send([
    call(`laptop-${turn}`, { type: 'identify', userId: user }),
    call(`laptop-${turn}`, { event: `bought_${turn}`, userId: user }),
  ]);
  await delay(2_000);
  const from = performance.now();
  await send([call(`phone-${turn}`, { type: 'identify', userId: user })]);
  while (!(await isOnThePage(turn))) await delay(50);
  const page = performance.now() - from;
  while (!(await isInTheReports(turn))) await delay(50);
  return { page, reports: performance.now() - from };
}

const begun = performance.now();
const traffic = load();
await delay(5_000);
const times: { page: number; reports: number }[] = [];
for (let turn = 0; turn < logins; turn += 1) times.push(await msUntilCredited(turn));
over = true;
await traffic;
const seconds = (performance.now() - begun) / 1000;
const of = (what: 'page' | 'reports') => {
  const sorted = times.map((one) => Math.round(one[what])).sort((a, b) => a - b);
  return { 'median, ms': sorted[sorted.length >> 1]!, 'worst, ms': sorted.at(-1)! };
};
console.log(
  `\n${logins} logins under ${(sent / seconds).toFixed(0)} events/s, until the earlier session is the customer's`,
);
console.table({
  'on the customer’s page': of('page'),
  'and, asked after that, in a funnel and the list behind it': of('reports'),
});
await server.close();
await rm(data_dir, { recursive: true, force: true });
if (of('reports')['worst, ms'] > GOAL_MS) {
  console.error(`Above the goal of ${GOAL_MS} ms.`);
  process.exitCode = 1;
}
