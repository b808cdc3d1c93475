import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { catchUp } from './cluster/catch-up.ts';
import { inPackage } from './place.ts';
import { splitStatements } from './statements.ts';
import { type Store, StoreError } from './store.ts';

/** Applied files. Numbers are never reused, and an applied file is never edited: a change is a new file. */
const MIGRATIONS = `
CREATE TABLE IF NOT EXISTS migrations
(
  number     UInt32 COMMENT 'of the file schema/NNNN_name.sql',
  name       String COMMENT 'of the file',
  checksum   FixedString(64) COMMENT 'SHA-256 of the file, hex',
  applied_at DateTime64(3, 'UTC') COMMENT 'when it was applied'
)
ENGINE = ReplacingMergeTree(applied_at)
ORDER BY number`;

interface SchemaFile {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Applies the schema files that have not been applied, in order, and gives back their names. Every statement is
 * idempotent, so two processes that start at once, or one that died half-way, do no harm. On a cluster every
 * statement is carried out in its cluster form on all nodes (see ClientStore.run). Throws `StoreError` when an applied
 * file has been changed since.
 */
export async function migrate(
  store: Store,
  { folder = inPackage('schema'), now = () => new Date() }: { folder?: string; now?: () => Date } = {},
): Promise<string[]> {
  // On a cluster a statement waits for every node: one that is down must not stop a start that changes nothing.
  if (!(await hasTable(store))) await store.run({ sql: MIGRATIONS });
  await catchUp(store, ['migrations']);
  const applied = await store.query<{ number: number; checksum: string }>({
    sql: 'SELECT number, checksum FROM migrations FINAL',
  });
  const checksums = new Map(applied.map((row) => [row.number, row.checksum]));
  const files = await readSchema(folder);
  for (const file of files) refuseChanged(file, checksums.get(file.number));
  const fresh = files.filter((file) => !checksums.has(file.number));
  for (const { sql, ...row } of fresh) {
    for (const statement of splitStatements(sql)) await store.run({ sql: statement });
    await store.insert('migrations', [{ ...row, applied_at: now().toISOString() }]);
  }
  return fresh.map((file) => file.name);
}

async function hasTable(store: Store): Promise<boolean> {
  const sql = "SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = 'migrations'";
  return (await store.query({ sql })).length > 0;
}

function refuseChanged(file: SchemaFile, applied: string | undefined) {
  if (applied === undefined || applied === file.checksum) return;
  throw new StoreError(
    `The schema file ${file.name} was changed after it had been applied to this database. ` +
      'Restore the file and put the change into a new one, or start with an empty database.',
    { ambiguous: false, lasting: true },
  );
}

async function readSchema(folder: string): Promise<SchemaFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const files = await Promise.all(names.map((name) => readSchemaFile(folder, name)));
  const twice = files.find((file, i) => file.number === files[i - 1]?.number);
  if (twice) throw new Error(`Two schema files have the number of ${twice.name}`);
  return files;
}

async function readSchemaFile(folder: string, name: string): Promise<SchemaFile> {
  const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1] ?? Number.NaN);
  if (Number.isNaN(number)) throw new Error(`The schema file ${name} is not named NNNN_name.sql`);
  // A checkout with other line ends is the same file.
  const sql = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
  return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
