import { readdirSync, readFileSync } from 'node:fs';

/** Kernel ticks of 10 ms, on every Linux that Node runs on. */
const TICK_MS = 10;

/**
 * CPU milliseconds that this process's children have used so far: the embedded engine. On a machine that others use too it
 * says more than the clock on the wall. Undefined where there is no /proc.
 */
export function childrenCpu(): number | undefined {
  let ticks = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) ticks += ticksOf(pid);
  } catch {
    return undefined;
  }
  return ticks * TICK_MS;
}

/** User and system ticks of a child of ours, 0 for every other process. See proc_pid_stat(5). */
function ticksOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(parent) === process.pid ? Number(rest[9]) + Number(rest[10]) : 0;
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}
