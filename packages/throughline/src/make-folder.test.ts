import { stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './make-folder.ts';
import { removeFolder, runCommand, temporaryFolder } from './testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

it('makes a folder and those above it, for its owner alone, and leaves one that is there', async () => {
  const deep = path.join(folder, 'a', 'b');
  await makeFolder(deep);
  await makeFolder(deep);
  expect((await stat(deep)).mode & 0o777).toBe(0o700);
});

it('lets two processes make the same folder at once', async () => {
  const deep = path.join(folder, 'a', 'b', 'c');
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(deep)]);
  expect((await stat(deep)).isDirectory()).toBe(true);
});

const COMMANDS = [
  ['start'],
  ['site', 'list'],
  ['key', 'list', '--site', 'x'],
  ['sign-in'],
  ['import', 'file', '--site', 'x'],
  ['export', '--site', 'x'],
  ['erase', 'p_1', '--site', 'x'],
  ['simulate', '--site', 'x'],
  ['migrate'],
];

describe.each(['generated', 'given'])('with an admin token that is %s', (token) => {
  const environment = (data_dir: string) => ({
    PORT: '0',
    LOG_LEVEL: 'warn',
    DATA_DIR: data_dir,
    ...(token === 'given' ? { ADMIN_TOKEN: 'an-admin-token-for-tests' } : {}),
  });

  it.each(COMMANDS)('%s %s tells in one sentence that a file is in the way', async (...argv) => {
    const file = path.join(folder, 'plain');
    await writeFile(file, '');
    for (const data_dir of [file, path.join(file, 'below')])
      expect(await runCommand(environment(data_dir), ...argv.filter(Boolean))).toEqual({
        code: 1,
        out: '',
        err: `The data folder ${data_dir} cannot be made: ${file} is not a folder; set DATA_DIR to another one.\n`,
      });
  });

  it.runIf(process.platform === 'linux').each(['/dev/null/x', '/proc/x', '/sys/x', '/proc', '/sys'])(
    'start and site list say in one sentence that %s will not do',
    async (data_dir) => {
      for (const argv of [['start'], ['site', 'list']]) {
        const { code, out, err } = await runCommand(environment(data_dir), ...argv);
        expect([code, out]).toEqual([1, '']);
        expect(err).toMatch(/^[^\n]*DATA_DIR[^\n]*\n$/);
      }
    },
  );
});

it('a link that leads nowhere is in the way as well', async () => {
  const link = path.join(folder, 'link');
  await symlink(path.join(folder, 'absent'), link);
  await expect(makeFolder(link)).rejects.toThrow(`${link} is not a folder`);
});

it('start --demo says what its own folder can be', async () => {
  const file = path.join(folder, 'plain');
  await writeFile(file, '');
  const { code, err } = await runCommand({ PORT: '0' }, 'start', '--demo', file);
  expect(code).toBe(1);
  expect(err).toBe(
    `The data folder ${file} cannot be made: ${file} is not a folder; name another one with --demo FOLDER.\n`,
  );
});

it('doctor names the folder that cannot be made', async () => {
  const file = path.join(folder, 'plain');
  await writeFile(file, '');
  const { code, out } = await runCommand({ DATA_DIR: path.join(file, 'below') }, 'doctor');
  expect(code).toBe(1);
  expect(out).toContain(`FAIL  data folder: The data folder ${file}/below cannot be made`);
});
