import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryFiles } from '../testing/memory-files.ts';
import { until } from '../testing/until.ts';
import { fenced } from './fenced.ts';
import { lockFolder } from './lock.ts';
import { lineOf } from './process-place.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const file = () => path.join(folder, 'lock');
const text = () => readFile(file(), 'utf8');
/** A holder whose process cannot be seen from here. */
const ELSEWHERE = '7 123456 another-boot/pid:[4026532000]';

describe('the lock of the spool', () => {
  it('is given once, and again after its release', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(/held by another process .*DATA_DIR/);
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('is refused while another process holds it, and taken over at once when that process is gone', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await writeFile(file(), `${lineOf(other.pid!)}\n`);
    await expect(lockFolder(folder)).rejects.toThrow(`pid ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    // No sign of life is waited for: the beat is an hour long.
    const lock = await lockFolder(folder, { beat_ms: 3_600_000 });
    expect(await text()).toMatch(new RegExp(`^${process.pid} `));
    await lock.release();
  });

  it('is taken over from a process whose number was given to another since', async () => {
    await writeFile(file(), `${process.ppid} 1\n`);
    await (await lockFolder(folder)).release();
  });

  it('is taken over from a process that has ended and whose parent has not asked for it', async () => {
    // The shell becomes a program that never waits for its child.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [told] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(told.toString());
    await until(async () => (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')).includes(') Z'));
    await writeFile(file(), `${lineOf(pid)}\n`);
    await (await lockFolder(folder)).release();
    parent.kill('SIGKILL');
  });

  it('is refused while a process that cannot be seen gives signs of life, and taken over when it gives none', async () => {
    let count = 0;
    const beat = setInterval(() => {
      count += 1;
      void writeFile(file(), `${ELSEWHERE}\n${count}\n`);
    }, 5);
    await until(async () => (await text().catch(() => '')).length > ELSEWHERE.length);
    await expect(lockFolder(folder, { beat_ms: 20 })).rejects.toThrow(
      /held by another process \(pid 7 in another container or on another machine\).*DATA_DIR/,
    );
    clearInterval(beat);
    const lock = await lockFolder(folder, { beat_ms: 20 });
    expect(await text()).toMatch(new RegExp(`^${process.pid} `));
    await lock.release();
  });

  it('is noticed to be lost: nothing is confirmed from then on, and the other holder keeps its own', async () => {
    let lost = 0;
    const lock = await lockFolder(folder, { beat_ms: 5, onLost: () => (lost += 1) });
    expect(lock.isSure).toBe(true);
    const files = fenced(new MemoryFiles(), lock);
    const open = await files.create('a');
    await open.write(Buffer.from('before'), 0, 0);
    await open.sync();

    await rm(file());
    await writeFile(file(), `${ELSEWHERE}\n0\n`);
    await until(() => lost > 0);
    expect(lock.isSure).toBe(false);
    await expect(open.sync()).rejects.toMatchObject({ code: 'ELOCK' });
    await expect(open.write(Buffer.from('after'), 0, 6)).rejects.toMatchObject({ code: 'ELOCK' });
    await expect(files.create('b')).rejects.toMatchObject({ code: 'ELOCK' });
    await expect(files.remove('a')).rejects.toMatchObject({ code: 'ELOCK' });
    await lock.release();
    expect(await text()).toBe(`${ELSEWHERE}\n0\n`);
    expect(lost).toBe(1);
  });

  it('is not relied on by a holder that could not give a sign of life for long', async () => {
    const lock = await lockFolder(folder, { beat_ms: 20 });
    const stopped = performance.now() + 200;
    while (performance.now() < stopped);
    expect(lock.isSure).toBe(false);
    await until(() => lock.isSure);
    await lock.release();
  });
});
