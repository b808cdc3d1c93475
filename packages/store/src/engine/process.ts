import { type ChildProcess, spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import type { FromEngine, ToEngine } from './message.ts';

export interface EngineProcess {
  pid: number;
  port: number;
  /** Settles when the process is gone, with a clause that says how it ended. */
  gone: Promise<string>;
  /** Asks it to finish what runs and to close; kills it when that takes longer than `STOP_MS_MAX`. */
  stop(): Promise<void>;
  kill(): void;
}

export interface StartOptions {
  file: string;
  data_dir: string;
  user: string;
  password: string;
}

/** Why an engine did not come up, in one sentence with what to do. `final`: trying again would not help. */
export class EngineError extends Error {
  readonly final: boolean;
  constructor(message: string, final: boolean) {
    super(message);
    this.name = 'EngineError';
    this.final = final;
  }
}

/** Opening a folder reads its parts' headers; a big one takes seconds. */
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 5_000;
const STDERR_CHARS_MAX = 4_096;

/** Where both want one core, taking events in comes first: the engine gets a tenth of it. A free core is used as ever. */
const NICENESS = 10;

/** Its threads inherit it, so that it must be told before it has any. */
function makeWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICENESS);
  } catch {
    // It is gone already, and `gone` tells so; or the system knows no niceness.
  }
}

/** Starts one engine process and waits until it answers. Rejects with `EngineError`. */
export async function startProcess(options: StartOptions): Promise<EngineProcess> {
  const child = spawn(process.execPath, [options.file], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: environment(),
  });
  makeWay(child.pid);
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_CHARS_MAX);
  });
  const gone = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started (${error.message})`));
    child.once('close', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with ${code}`));
  });
  const hello = new Promise<FromEngine>((resolve) => child.once('message', resolve));
  send(child, { do: 'open', data_dir: options.data_dir, user: options.user, password: options.password });
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX);
  const first = await Promise.race([hello, gone]);
  clearTimeout(late);
  if (typeof first === 'string' || first.did === 'fail') {
    const how = await gone;
    throw reasonOf(typeof first === 'string' ? undefined : first, {
      how,
      stderr,
      data_dir: options.data_dir,
    });
  }
  return {
    pid: child.pid ?? 0,
    port: first.port,
    gone,
    async stop() {
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX);
      send(child, { do: 'stop' });
      await gone;
      clearTimeout(timer);
    },
    kill: () => child.kill('SIGKILL'),
  };
}

const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'];

/** Nothing of ours that an engine could be made to tell: tokens and passwords stay here. */
function environment(): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) =>
    process.env[name] === undefined ? [] : [[name, process.env[name]]],
  );
  // chdb works on libuv's threads: as many as there are slots for queries, and some for files.
  return { ...Object.fromEntries(passed), TZ: 'UTC', UV_THREADPOOL_SIZE: '12' };
}

/** A child that is already gone cannot be told anything; `gone` reports it. */
function send(child: ChildProcess, message: ToEngine) {
  if (child.connected) child.send(message, () => {});
}

function reasonOf(
  failure: Extract<FromEngine, { did: 'fail' }> | undefined,
  seen: { how: string; stderr: string; data_dir: string },
): EngineError {
  if (failure?.why === 'chdb_missing') {
    return new EngineError(
      `The embedded engine's package chdb does not load (${firstLine(failure.detail)}). ` +
        'Set CLICKHOUSE_URL to use a ClickHouse server, or install on Linux (glibc) or macOS without --omit=optional.',
      true,
    );
  }
  if (/Cannot lock file/.test(seen.stderr)) {
    return new EngineError(
      `The data folder ${seen.data_dir} is in use by another process. Stop that one, or set DATA_DIR to another folder.`,
      true,
    );
  }
  const detail = firstLine(seen.stderr) || firstLine(failure?.detail ?? '') || `the process ${seen.how}`;
  return new EngineError(
    `The embedded engine could not open ${seen.data_dir}: ${detail}. Check the folder's permissions and free space.`,
    false,
  );
}

const firstLine = (text: string) => text.trim().split('\n', 1)[0]?.slice(0, 300).replace(/\.$/, '') ?? '';
