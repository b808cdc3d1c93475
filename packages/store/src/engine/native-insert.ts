import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { literal } from './preamble.ts';

const INSERT =
  /^\s*INSERT\s+INTO\s+(?:TABLE\s+)?(\w+(?:\.\w+)?)\s*\(([\w\s,.`]*)\)\s+FORMAT\s+Native\s*;?\s*$/i;

/** The table and columns of an INSERT whose rows stand in the request's body as a Native block. */
export function nativeInsertOf(query: string): { table: string; columns: string } | undefined {
  const [, table, columns] = INSERT.exec(query) ?? [];
  return table === undefined || columns === undefined ? undefined : { table, columns };
}

/**
 * Blocks on their way into the engine. chdb takes no binary rows from memory, so a block goes through a file that the
 * engine reads with file(): writing it costs a tenth of what parsing the same rows as text does.
 */
export class Blocks {
  readonly #folder: string;

  /** Files that a crash left behind were never answered for: their sender sends them again. */
  constructor(data_dir: string) {
    this.#folder = path.join(data_dir, 'incoming');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#folder)) rmSync(path.join(this.#folder, name));
  }

  /** Runs `insert` with the statement that takes the block out of its file. */
  async with<Result>(
    { table, columns }: { table: string; columns: string },
    block: Buffer,
    insert: (sql: string) => Promise<Result>,
  ): Promise<Result> {
    const file = path.join(this.#folder, `${randomBytes(12).toString('hex')}.native`);
    try {
      await writeFile(file, block, { flag: 'wx', mode: 0o600 });
      return await insert(
        `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM file(${literal(file)}, 'Native')`,
      );
    } finally {
      await rm(file, { force: true });
    }
  }
}
