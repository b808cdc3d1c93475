import { describe, expect, it } from 'vitest';
import { Chance } from './chance.ts';
import { CrashDisk, fault } from './crash-disk.ts';

const A = Buffer.alloc(2_000, 'a');
const B = Buffer.alloc(2_000, 'b');

/** What is left of `disk` in 300 power cuts: each set of files as text, once. */
async function outcomes(make: (disk: CrashDisk) => Promise<void>): Promise<Set<string>> {
  const seen = new Set<string>();
  for (let cut = 0; cut < 300; cut += 1) {
    const chance = new Chance(`cut${cut}`);
    const disk = new CrashDisk(chance);
    await make(disk);
    const left = [...disk.afterwards(chance).contents()].map(([name, bytes]) => `${name}:${bytes}`);
    seen.add(left.sort().join(' '));
  }
  return seen;
}

describe('the disk whose power goes', () => {
  it('keeps what was synced under a name that was synced', async () => {
    const left = await outcomes(async (disk) => {
      const file = await disk.create('/spool/x');
      await file.write(A, 0, 0);
      await file.sync();
      await disk.syncFolder();
    });
    expect([...left]).toEqual([`x:${A}`]);
  });

  it('may lose or tear any page that was not synced, and keeps those that were', async () => {
    const left = await outcomes(async (disk) => {
      const file = await disk.create('/spool/x');
      await disk.syncFolder();
      await file.write(A, 0, 0);
      await file.sync();
      await file.write(B, 0, 2_000);
    });
    expect([...left].every((files) => files.startsWith(`x:${A}`))).toBe(true);
    expect(left).toContain(`x:${A}`);
    expect(left).toContain(`x:${A}${B}`);
    // Later bytes without earlier ones: the disk wrote its pages in an order of its own.
    expect([...left].some((files) => /a[^ab]+b/.test(files))).toBe(true);
    expect(left.size).toBeGreaterThan(30);
  });

  it('may forget each name that was not synced, and does not fall between the two names of a rename', async () => {
    const left = await outcomes(async (disk) => {
      for (const name of ['x', 'y']) {
        const file = await disk.create(`/spool/${name}`);
        await file.write(Buffer.from(name), 0, 0);
        await file.sync();
      }
      await disk.syncFolder();
      await disk.rename('/spool/x', '/spool/z');
      await disk.remove('/spool/y');
    });
    expect([...left].sort()).toEqual(['x:x', 'x:x y:y', 'y:y z:x', 'z:x']);
  });

  it('has either the old file or the new one where a rename put one in the other’s place', async () => {
    const left = await outcomes(async (disk) => {
      disk.place('x', Buffer.from('old'));
      await disk.put('/spool/x', Buffer.from('new'));
    });
    expect([...left]).toEqual(['x:new']);
    const cut = new Set<string>();
    for (let at = 1; at < 8; at += 1)
      for (let seed = 0; seed < 40; seed += 1) {
        const chance = new Chance(`${at} ${seed}`);
        const disk = new CrashDisk(chance);
        disk.place('x', Buffer.from('old'));
        disk.cut_at = at;
        await disk.put('/spool/x', Buffer.from('new')).catch(() => undefined);
        cut.add(String(disk.afterwards(chance).contents().get('x')));
      }
    expect([...cut].sort()).toEqual(['new', 'old']);
  });

  it('keeps nothing of pages whose sync failed, although a second sync succeeds', async () => {
    const left = await outcomes(async (disk) => {
      const file = await disk.create('/spool/x');
      await disk.syncFolder();
      await file.write(Buffer.from('lost'), 0, 0);
      disk.fail = (operation) => (operation === 'sync' ? fault('EIO') : undefined);
      await file.sync().catch(() => undefined);
      disk.fail = () => undefined;
      await file.sync();
    });
    expect([...left].some((files) => files.includes('lost'))).toBe(false);
  });
});
