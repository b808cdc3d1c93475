import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inPackage } from '../place.ts';

it('the recipe for moving a server’s data to a cluster names every table', async () => {
  const folder = inPackage('schema');
  const files = await Promise.all(
    (await readdir(folder)).map((name) => readFile(path.join(folder, name), 'utf8')),
  );
  const tables = [...files.join('\n').matchAll(/CREATE TABLE IF NOT EXISTS (\w+)/g)].map(
    ([, table]) => table!,
  );
  expect(tables.length).toBeGreaterThan(10);
  const recipe = await readFile(
    path.join(import.meta.dirname, '../../../../examples/clickhouse-cluster/README.md'),
    'utf8',
  );
  for (const table of tables) expect(recipe).toMatch(new RegExp(`\\b${table}\\b`));
});
