import { type FileHandle, open, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { aliveHere, thisPlace, thisProcess } from './process-place.ts';

export interface Lock {
  /** Whether nobody else can have taken the folder over by now. Asked before anything in it is relied on. */
  readonly isSure: boolean;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Somebody else has the folder: this process was stopped for so long that it seemed dead. */
  onLost?: () => void;
  /** Between two signs of life. */
  beat_ms?: number;
}

const FILE = 'lock';
const BEAT_MS = 500;
/** After that many beats without one of its own, a holder relies on nothing any more … */
const BEATS_SURE = 4;
/** … and after that many without a sign of life, it is taken for dead by those who cannot see its process. */
const BEATS_DEAD = 7;
const CONFIRM_MS = 100;
const ATTEMPTS_MAX = 5;

/** Folders this very process holds: its own pid in a lock file says nothing about that. */
const held = new Set<string>();

/**
 * Makes this process the only one that writes in `folder`. The lock is a file with the holder's pid, start time, and the
 * system and pid namespace that these mean something in; behind them a counter that rises while the holder lives.
 * Whoever can see the holder's process takes over as soon as it is gone. A container or machine that shares the folder
 * cannot: it watches the counter for some seconds. Throws one clear sentence when somebody else holds it.
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<Lock> {
  const { beat_ms = BEAT_MS } = options;
  const key = await realpath(folder);
  const file = path.join(key, FILE);
  if (held.has(key)) throw taken(folder, `pid ${process.pid}`);
  held.add(key);
  try {
    const handle = await acquire(file, { folder, beat_ms });
    return beating(handle, { ...options, beat_ms, file, release: () => held.delete(key) });
  } catch (error) {
    held.delete(key);
    throw error;
  }
}

async function acquire(
  file: string,
  { folder, beat_ms }: { folder: string; beat_ms: number },
): Promise<FileHandle> {
  for (let attempt = 0; ; attempt += 1) {
    const handle = await create(file);
    if (handle) {
      // Two processes may have taken over one stale lock: after a while the file says who came last.
      if (attempt > 0) await passed(CONFIRM_MS);
      if (ownerOf(await read(file)) === thisProcess()) return handle;
      await handle.close();
    }
    const other = await read(file);
    if (other === undefined) continue;
    if (other === '' && attempt <= ATTEMPTS_MAX) {
      // Just being made.
      await passed(CONFIRM_MS);
      continue;
    }
    const holder = parse(other);
    const mine = ownerOf(other) === thisProcess();
    const here = holder.place === '' || holder.place === thisPlace();
    const alive = here ? aliveHere(holder) : await beats(file, other, beat_ms);
    if (!mine && (alive || attempt > ATTEMPTS_MAX))
      throw taken(folder, `pid ${holder.pid}${here ? '' : ' in another container or on another machine'}`);
    await rm(file, { force: true });
  }
}

/** Keeps giving signs of life through the file as it was made: one that was put in its place is not touched. */
function beating(
  handle: FileHandle,
  { file, beat_ms, onLost, release }: LockOptions & { file: string; beat_ms: number; release(): void },
): Lock {
  let beaten_ms = performance.now();
  let count = 0;
  let lost = false;
  let beat: Promise<void> = Promise.resolve();

  async function once(): Promise<void> {
    const at = performance.now();
    try {
      count += 1;
      const line = textOf(count);
      await handle.write(line, 0);
      if (ownerOf(await read(file)) === thisProcess()) {
        beaten_ms = at;
        return;
      }
    } catch {
      // A disk that does not take it now may take the next one; until then nothing is sure.
      return;
    }
    if (lost) return;
    lost = true;
    clearInterval(timer);
    onLost?.();
  }
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    beat = once().finally(() => {
      busy = false;
    });
  }, beat_ms).unref();

  return {
    get isSure() {
      return !lost && performance.now() - beaten_ms < BEATS_SURE * beat_ms;
    },
    async release() {
      clearInterval(timer);
      await beat;
      await handle.close();
      if (!lost && ownerOf(await read(file)) === thisProcess()) await rm(file, { force: true });
      release();
    },
  };
}

const COUNT_CHARS = 12;
const textOf = (count: number) => `${thisProcess()}\n${String(count).padStart(COUNT_CHARS)}\n`;

/** Undefined when there is a file of that name. */
async function create(file: string): Promise<FileHandle | undefined> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.write(textOf(0), 0);
    return handle;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
}

/** Whether the text changes within the time after which a holder is taken for dead. */
async function beats(file: string, before: string, beat_ms: number): Promise<boolean> {
  for (let beat = 0; beat < BEATS_DEAD; beat += 1) {
    await passed(beat_ms);
    if ((await read(file)) !== before) return true;
  }
  return false;
}

const ownerOf = (text: string | undefined): string | undefined => text?.split('\n')[0];

function parse(text: string): { pid: number; start: string; place: string } {
  const [pid = '', start = '', place = ''] = (ownerOf(text) ?? '').split(' ');
  return { pid: Number(pid), start, place };
}

const taken = (folder: string, holder: string) =>
  new Error(
    `The spool ${folder} is held by another process (${holder}): stop it, or give this one its own DATA_DIR.`,
  );

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
