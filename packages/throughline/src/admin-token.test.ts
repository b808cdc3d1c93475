import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { adminToken, tokenCheck } from './admin-token.ts';
import { readConfig } from './config.ts';
import { removeFolder, temporaryFolder } from './testing.ts';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => removeFolder(folder));

const sevens = (bytes: number) => new Uint8Array(bytes).fill(7);

it('makes a token once and keeps it for its owner alone', async () => {
  const config = readConfig({ DATA_DIR: path.join(folder, 'new') });
  const token = await adminToken(config, sevens);
  expect(token).toMatch(/^tla_[\w-]{32}$/);
  const again = await adminToken(config, (bytes) => new Uint8Array(bytes).fill(8));
  expect(again).toBe(token);
  const file = path.join(folder, 'new', 'admin-token');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await readFile(file, 'utf8')).trim()).toBe(token);
});

it('takes ADMIN_TOKEN and writes nothing', async () => {
  const config = readConfig({ DATA_DIR: folder, ADMIN_TOKEN: 'the-owner-chose-this' });
  expect(await adminToken(config, sevens)).toBe('the-owner-chose-this');
  await expect(stat(path.join(folder, 'admin-token'))).rejects.toThrow('ENOENT');
});

it('does not take an empty file for a token', async () => {
  await writeFile(path.join(folder, 'admin-token'), '\n');
  await expect(adminToken(readConfig({ DATA_DIR: folder }), sevens)).rejects.toThrow('is empty');
});

it('tells the right token from any other', () => {
  const check = tokenCheck('a-token-of-twenty-chars');
  expect(check('a-token-of-twenty-chars')).toBe(true);
  for (const wrong of ['', 'a-token-of-twenty-char', 'a-token-of-twenty-charss', 'A-token-of-twenty-chars'])
    expect(check(wrong)).toBe(false);
});
