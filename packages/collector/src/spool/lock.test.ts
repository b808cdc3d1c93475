import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'throughline-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the lock of the spool', () => {
  it('is given once, and again after its release', async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(/held by another process .*DATA_DIR/);
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('is refused while another process holds it, and taken over when that process is gone', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    await writeFile(path.join(folder, 'lock'), `${other.pid} \n`);
    await expect(lockFolder(folder)).rejects.toThrow(`pid ${other.pid}`);
    other.kill('SIGKILL');
    await once(other, 'exit');
    const lock = await lockFolder(folder);
    expect(await readFile(path.join(folder, 'lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    await lock.release();
  });

  it('is taken over from a process whose number was given to another since', async () => {
    await writeFile(path.join(folder, 'lock'), `${process.ppid} 1\n`);
    await (await lockFolder(folder)).release();
  });
});
