import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Log, silentLog } from '../log.ts';
import { BUILD_BYTES_MAX, BUILDS_MAX, KeptBuilds } from './kept-builds.ts';
import { hashOf, TagScript } from './script.ts';

let folder: string;
let now: number;
let warnings: string[];
const log: Log = { ...silentLog, warn: (message) => warnings.push(message) };
beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'throughline-tags-')), 'tags');
  now = Date.UTC(2026, 0, 1);
  warnings = [];
});
afterEach(() => rm(path.dirname(folder), { recursive: true, force: true }));

const script = (text: string) => new TagScript(new TextEncoder().encode(text));
const nameOf = (text: string) => `t.${hashOf(new TextEncoder().encode(text))}.js`;
const start = (...current: string[]) =>
  KeptBuilds.open({ folder, current: current.map(script), now: () => now, log });
const textOf = async (builds: KeptBuilds, text: string) =>
  (await builds.find(script(text).hash))?.body('identity').toString();

describe('builds of the tag', () => {
  it('are served by the versions that come after theirs', async () => {
    await start('/* 1 */');
    await start('/* 2 */');
    const third = await start('/* 3 core */', '/* 3 */');
    for (const text of ['/* 1 */', '/* 2 */', '/* 3 core */', '/* 3 */'])
      expect(await textOf(third, text)).toBe(text);
    expect(await textOf(third, '/* 4 */')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('are files of their content for their owner alone, with nothing beside them', async () => {
    await start('/* 1 */', '/* 1 core */');
    expect((await readdir(folder)).sort()).toEqual([nameOf('/* 1 */'), nameOf('/* 1 core */')].sort());
    expect(await readFile(path.join(folder, nameOf('/* 1 */')), 'utf8')).toBe('/* 1 */');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, nameOf('/* 1 */')))).mode & 0o777).toBe(0o600);
  });

  it('put there by another collector are found a second later, without a start', async () => {
    const builds = await start('/* 1 */');
    await writeFile(path.join(folder, nameOf('/* 2 */')), '/* 2 */');
    expect(await textOf(builds, '/* 2 */')).toBeUndefined();
    now += 1_000;
    const [first, second] = await Promise.all([textOf(builds, '/* 2 */'), textOf(builds, '/* 2 */')]);
    expect([first, second]).toEqual(['/* 2 */', '/* 2 */']);
  });

  it('are not served when they are not what their names say, and that is told once', async () => {
    await mkdir(folder);
    await writeFile(path.join(folder, nameOf('/* 1 */')), '/* 1, changed */');
    const large = ' '.repeat(BUILD_BYTES_MAX + 1);
    await writeFile(path.join(folder, nameOf(large)), large);
    const outside = path.join(folder, '..', 'outside.js');
    await writeFile(outside, '/* outside */');
    await symlink(outside, path.join(folder, nameOf('/* outside */')));
    const builds = await start('/* 2 */');
    now += 1_000;
    for (const text of ['/* 1 */', '/* 1, changed */', large, '/* outside */'])
      expect(await textOf(builds, text)).toBeUndefined();
    expect(warnings).toEqual(Array(2).fill(expect.stringContaining('not what its name says')));
  });

  it('are written anew when the file of the version at hand was damaged', async () => {
    await start('/* 1 */');
    await writeFile(path.join(folder, nameOf('/* 1 */')), '/* 1');
    await start('/* 1 */');
    expect(await textOf(await start('/* 2 */'), '/* 1 */')).toBe('/* 1 */');
  });

  it('are bounded: those that no version was started with for longest go', async () => {
    await mkdir(folder);
    const old = Array.from({ length: BUILDS_MAX }, (_, n) => `/* old ${n} */`);
    for (const [n, text] of old.entries()) {
      await writeFile(path.join(folder, nameOf(text)), text);
      await utimes(path.join(folder, nameOf(text)), n, n);
    }
    const builds = await start('/* old 0 */', '/* new */');
    expect(await readdir(folder)).toHaveLength(BUILDS_MAX);
    expect(await textOf(builds, '/* old 1 */')).toBeUndefined();
    for (const text of ['/* old 0 */', '/* old 2 */', '/* old 99 */', '/* new */'])
      expect(await textOf(builds, text)).toBe(text);
  });

  it('of the version at hand are served where none can be kept, and that is told', async () => {
    await writeFile(folder, 'in the way');
    expect(await textOf(await start('/* 1 */'), '/* 1 */')).toBe('/* 1 */');
    expect(warnings[0]).toContain('cannot be kept');
  });
});
