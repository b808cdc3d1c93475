// Servers and loads as processes: the server and its engine on core 0, the load on core 1.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BIN = path.resolve('packages/throughline/bin/throughline.mjs');
const ADMIN_TOKEN = 'bench-admin-token-0123456789';
const LIMITS_OFF = { RATE_LIMIT: 'off', RATE_LIMIT_KEY: 'off' };

const hasTaskset = await run('taskset', ['-V']).then(
  () => true,
  () => false,
);
const pinned = (core, args) =>
  hasTaskset ? ['taskset', ['-c', String(core), process.execPath, ...args]] : [process.execPath, args];

/** Starts a server and waits for the line with its address. */
async function start(args, env) {
  const child = spawn(...pinned(0, args), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (url) {
      child.stdout.resume();
      return {
        url,
        memory_mb: () => memory_mb(child.pid),
        async stop() {
          const ended = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGTERM');
          await ended;
        },
        child,
      };
    }
  }
  throw new Error('The server ended before it printed its address.');
}

async function memory_mb(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** The plainest alternative: see bare.mjs. */
export const startBare = () => start([path.resolve('test/bench/intake/bare.mjs')], {});

/** Ours on a fresh folder, with a site in it. */
export async function startOurs() {
  const data_dir = await mkdtemp(path.join(tmpdir(), 'throughline-bench-'));
  const env = { DATA_DIR: data_dir, PORT: '0', ADMIN_TOKEN, LOG_LEVEL: 'error', ...LIMITS_OFF };
  const { stdout } = await run(process.execPath, [BIN, 'site', 'add', 'Bench', '--json'], {
    env: { ...process.env, ...env },
  });
  const { site } = JSON.parse(stdout);
  const server = await start([BIN, 'start'], env);
  const authorization = `Bearer ${ADMIN_TOKEN}`;
  const engine = (
    await readFile(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').catch(() => '')
  )
    .trim()
    .split(' ')[0];
  const ask = async (at, body) =>
    (
      await fetch(`${server.url}/api/sites/${site}/${at}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    ).json();
  return {
    ...server,
    site,
    ask,
    engine_memory_mb: () => memory_mb(engine),
    /** Waits until nothing waits any more; gives the ledger and how long it took. */
    async drained() {
      const from = performance.now();
      let books = await ask('ledger');
      while (books.waiting > 0 && performance.now() - from < 600_000) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        books = await ask('ledger');
      }
      return { ...books, drain_s: (performance.now() - from) / 1000 };
    },
    async stop() {
      await server.stop();
      await rm(data_dir, { recursive: true, force: true });
    },
  };
}

/** Runs load.mjs; see there for what it takes and gives. */
export async function load(options) {
  const { stdout } = await run(
    ...pinned(1, [path.resolve('test/bench/intake/load.mjs'), JSON.stringify(options)]),
    { maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}
