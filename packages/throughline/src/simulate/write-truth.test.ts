import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { simulate } from './simulate.ts';
import { writeTruth } from './write-truth.ts';

test('what is written reads back as the same truth', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'truth-'));
  try {
    const { truth } = simulate({
      seed: 3,
      days: 10,
      people: 40,
      start: '2026-08-01',
      timezone: 'UTC',
      currency: 'USD',
    });
    await writeTruth(path.join(folder, 'truth.json'), truth);
    expect(JSON.parse(await readFile(path.join(folder, 'truth.json'), 'utf8'))).toEqual(truth);
  } finally {
    await rm(folder, { recursive: true });
  }
});
