import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../testing.ts';
import { LINE_CHARS_MAX, type Line, readLines } from './lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => removeFolder(folder));

async function all(file: string): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of readLines(file)) lines.push(line);
  return lines;
}

async function linesOf(content: string | Uint8Array): Promise<Line[]> {
  const file = path.join(folder, 'file');
  await writeFile(file, content);
  return all(file);
}

it('numbers lines as an editor does, blank ones and the last one without an end included', async () => {
  expect(await linesOf('a\r\n\nb')).toEqual([
    { number: 1, text: 'a' },
    { number: 2, text: '' },
    { number: 3, text: 'b' },
  ]);
  expect(await linesOf('a\n')).toEqual([{ number: 1, text: 'a' }]);
  expect(await linesOf('')).toEqual([]);
});

it('knows gzip by its content, whatever the file is called', async () => {
  expect(await linesOf(gzipSync('cà phê\ntrà\n'))).toEqual([
    { number: 1, text: 'cà phê' },
    { number: 2, text: 'trà' },
  ]);
});

it('keeps letters whole that two chunks share', async () => {
  const text = `${'ắ'.repeat(50_000)}`;
  expect(await linesOf(`${text}\n`)).toEqual([{ number: 1, text }]);
});

it('passes over a line that is too long without keeping it, and counts on', async () => {
  expect(await linesOf(`a\n${'x'.repeat(3 * LINE_CHARS_MAX)}\nb\n${'y'.repeat(LINE_CHARS_MAX + 1)}`)).toEqual(
    [
      { number: 1, text: 'a' },
      { number: 2, text: undefined },
      { number: 3, text: 'b' },
      { number: 4, text: undefined },
    ],
  );
});

it('says in one sentence why a file cannot be read', async () => {
  await expect(all(path.join(folder, 'absent'))).rejects.toThrow('There is no file');
  await expect(all(folder)).rejects.toThrow('is a folder');
  const cut = path.join(folder, 'cut.gz');
  await writeFile(cut, gzipSync('a\n'.repeat(1000)).subarray(0, 20));
  await expect(all(cut)).rejects.toThrow('damaged or cut off');
});
