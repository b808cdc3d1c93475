import { readFileSync, readlinkSync } from 'node:fs';

/** A process as a lock names it. `start`: clock ticks since boot; '' where the system does not tell. */
export interface NamedProcess {
  pid: number;
  start: string;
}

let place: string | undefined;

/** Where a pid means the same: this boot of this machine and this pid namespace. '' where the system does not tell. */
export function thisPlace(): string {
  place ??= placeNow();
  return place;
}

function placeNow(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}

/** This process in one line: pid, start, place. */
export const thisProcess = (): string => lineOf(process.pid);

/** The same of any process of this place. */
export const lineOf = (pid: number): string => `${pid} ${startOf(pid)} ${thisPlace()}`;

/** Whether a process of this place lives. Pids are used again, in containers at once, so its start has to be the same. */
export function aliveHere({ pid, start }: NamedProcess): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isDefunct(pid) && (start === '' || startOf(pid) === start);
}

/** Fields of /proc/<pid>/stat behind the name, from the state on; none where the system does not tell. */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // No /proc on this system, or no such process: the pid alone has to do.
    return [];
  }
}

/** Whether it has ended, and its parent has not asked how: it holds nothing any more. */
const isDefunct = (pid: number): boolean => ['Z', 'X'].includes(statOf(pid)[0] ?? '');

const startOf = (pid: number): string => statOf(pid)[19] ?? '';
