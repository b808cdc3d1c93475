import { readFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';

export interface Lock {
  release(): Promise<void>;
}

const FILE = 'lock';
/** Folders this very process holds: its own pid in a lock file says nothing about that. */
const held = new Set<string>();

/**
 * Makes this process the only one that writes in `folder`. The lock is a file with the holder's pid and start
 * time; a lock whose holder is gone is taken over. Throws one clear sentence when somebody else holds it.
 */
export async function lockFolder(folder: string): Promise<Lock> {
  const key = await fs.realpath(folder);
  const file = path.join(key, FILE);
  const me = `${process.pid} ${startOf(process.pid)}\n`;
  if (held.has(key)) throw taken(folder, process.pid);
  held.add(key);
  try {
    for (let attempt = 0; ; attempt += 1) {
      if (await create(file, me)) break;
      const other = await read(file);
      if (other !== undefined && other !== me) {
        const [pid, start] = other.trim().split(' ');
        if (attempt > 5 || isAlive(Number(pid), start ?? '')) throw taken(folder, Number(pid));
      }
      await fs.rm(file, { force: true });
    }
    // Two processes may have taken over one stale lock: the file says who came last.
    const now = await read(file);
    if (now !== me) throw taken(folder, Number(now?.split(' ')[0]));
  } catch (error) {
    held.delete(key);
    throw error;
  }
  return {
    async release() {
      held.delete(key);
      await fs.rm(file, { force: true });
    },
  };
}

const taken = (folder: string, pid: number) =>
  new Error(
    `The spool ${folder} is held by another process (pid ${pid}): stop it, or give this one its own DATA_DIR.`,
  );

async function create(file: string, text: string): Promise<boolean> {
  try {
    await fs.writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** When a process started, in clock ticks since boot, where /proc tells: pids are used again, in containers at once. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    // No /proc on this system, or no such process: the pid alone has to do.
    return '';
  }
}

function isAlive(pid: number, start: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return start === '' || startOf(pid) === start;
}
