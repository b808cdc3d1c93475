import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

const BIN = path.resolve('packages/throughline/bin/throughline.mjs');
export const ADMIN_TOKEN = 'battery-admin-token-0123456789';

/** How a process ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** `throughline start` as a process of its own. */
export interface ServerProcess {
  url: string;
  site: string;
  /** Told at the first start of a data folder only. */
  write_key: string | undefined;
  pid: number;
  ended: Promise<Ended>;
  /** What it wrote to stderr so far. */
  errors(): string;
  /** The embedded engine's process; undefined while it restarts. */
  enginePid(): Promise<number | undefined>;
  /** Resident memory in megabytes. */
  memory_mb(): Promise<number>;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and waits until it is gone. */
  stop(): Promise<Ended & { ms: number }>;
}

export interface ServerOptions {
  data_dir: string;
  environment?: Record<string, string>;
  /** Killed this long after it was spawned, ready or not. */
  kill_after_ms?: number;
}

/** It ended before it was ready. */
export class EndedEarly extends Error {
  readonly ended: Ended;
  readonly errors: string;
  constructor(ended: Ended, errors: string) {
    super(`The server ended before it was ready (${ended.code ?? ended.signal}): ${errors}`);
    this.ended = ended;
    this.errors = errors;
  }
}

/** Every server that a test file started and that still runs. */
const running = new Set<ChildProcess>();
export async function killServers(): Promise<void> {
  for (const child of running) child.kill('SIGKILL');
}

/** Starts it and waits for the line with its address. Rejects with `EndedEarly`. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const child = spawn(process.execPath, [BIN, 'start', '--json'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      LOG_LEVEL: 'error',
      RATE_LIMIT: 'off',
      DATA_DIR: options.data_dir,
      ADMIN_TOKEN,
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let errors = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-64 * 1024);
  });
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal });
    }),
  );
  const timer =
    options.kill_after_ms === undefined
      ? undefined
      : setTimeout(() => child.kill('SIGKILL'), options.kill_after_ms);
  const line = await firstLine(child, ended);
  clearTimeout(timer);
  if (line === undefined) throw new EndedEarly(await ended, errors);
  const { url, site, write_key } = JSON.parse(line) as { url: string; site: string; write_key?: string };
  const pid = child.pid!;
  return {
    url,
    site,
    write_key,
    pid,
    ended,
    // The command builds what a change made stale.
    errors: () => errors.replace('Building…\n', ''),
    enginePid: async () => (await childrenOf(pid))[0],
    memory_mb: () => memory_mb(pid),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      const begun = performance.now();
      child.kill('SIGTERM');
      return { ...(await ended), ms: performance.now() - begun };
    },
  };
}

async function firstLine(child: ChildProcess, ended: Promise<Ended>): Promise<string | undefined> {
  const lines = createInterface({ input: child.stdout! });
  const line = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then(() => undefined),
  ]);
  child.stdout!.resume();
  return line;
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

async function memory_mb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
