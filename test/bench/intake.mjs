// Intake against a bare Hono route, in one run: server on core 0 (engine child included), load on core 1.
// Usage: npm run bench -- intake [--seconds 10] [--connections 50]
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BIN = path.resolve('packages/throughline/bin/throughline.mjs');
const ADMIN_TOKEN = 'bench-admin-token-0123456789';
const hasTaskset = await run('taskset', ['-V']).then(
  () => true,
  () => false,
);
const pinned = (core, args) =>
  hasTaskset ? ['taskset', ['-c', String(core), process.execPath, ...args]] : [process.execPath, args];

/** Starts a server pinned to core 0 and waits for the line with its address. */
async function start(args, env) {
  const child = spawn(...pinned(0, args), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url) {
      child.stdout.resume();
      return { child, url };
    }
  }
  throw new Error('The server ended before it printed its address.');
}

async function stop({ child }) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function load(options) {
  const { stdout } = await run(...pinned(1, [path.resolve('test/bench/load.mjs'), JSON.stringify(options)]));
  return JSON.parse(stdout);
}

async function memory_mb({ child }) {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

const argument = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const seconds = argument('seconds', 10);
const connections = argument('connections', 50);

const rows = [];
const bare = await start([path.resolve('test/bench/bare.mjs')], {});
await load({ url: bare.url, path: '/e', connections, seconds: 2, events_per_request: 1, site: 'bench' });
rows.push({
  what: 'bare Hono, body read, nothing kept',
  ...(await load({ url: bare.url, path: '/e', connections, seconds, events_per_request: 1, site: 'bench' })),
  memory_mb: await memory_mb(bare),
});
await stop(bare);

for (const events_per_request of [1, 50]) {
  const data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'));
  const env = { DATA_DIR: data_dir, PORT: '0', ADMIN_TOKEN, LOG_LEVEL: 'error', RATE_LIMIT: 'off' };
  const { stdout } = await run(process.execPath, [BIN, 'site', 'add', 'Bench', '--json'], {
    env: { ...process.env, ...env },
  });
  const { site } = JSON.parse(stdout);
  const server = await start([BIN, 'start'], env);
  const ledger = async () =>
    (
      await fetch(`${server.url}/api/sites/${site}/ledger`, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      })
    ).json();
  const warm = await load({ url: server.url, path: '/e', connections, seconds: 2, events_per_request, site });
  const result = await load({ url: server.url, path: '/e', connections, seconds, events_per_request, site });
  const memory = await memory_mb(server);
  const drained_from = performance.now();
  let books = await ledger();
  while (books.waiting > 0 && performance.now() - drained_from < 300_000) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    books = await ledger();
  }
  rows.push({
    what:
      events_per_request === 1
        ? 'ours, one event a request, fsynced'
        : `ours, batches of ${events_per_request}, fsynced`,
    ...result,
    memory_mb: memory,
    drain_s: (performance.now() - drained_from) / 1000,
    exact: books.stored === warm.acknowledged_events + result.acknowledged_events && books.waiting === 0,
  });
  await stop(server);
  await rm(data_dir, { recursive: true, force: true });
}

console.table(
  rows.map((row) => ({
    what: row.what,
    'requests/s': Math.round(row.requests_per_s),
    'events/s': Math.round(row.events_per_s),
    '× bare': (row.requests_per_s / rows[0].requests_per_s).toFixed(2),
    'p50 ms': row.p50_ms.toFixed(1),
    'p99 ms': row.p99_ms.toFixed(1),
    'RSS MB': row.memory_mb,
    refused: row.refused,
    'drain s': row.drain_s?.toFixed(1) ?? '',
    'stored = acknowledged': row.exact === undefined ? '' : row.exact ? 'yes' : 'NO',
  })),
);
if (rows.some((row) => row.exact === false)) process.exitCode = 1;
