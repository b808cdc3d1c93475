import type { Session } from 'chdb';
import { textOf } from './body.ts';
import { isRead, rawInsertOf } from './insert.ts';
import { Blocks, nativeInsertOf } from './native-insert.ts';
import { preamble } from './preamble.ts';
import type { EngineRequest } from './request.ts';
import { Slots } from './slots.ts';

/** The part of chdb that is used; loaded at run time, because it is an optional dependency. */
export type Chdb = Pick<typeof import('chdb'), 'Session' | 'drainPending'>;

export interface Outcome {
  bytes: Uint8Array;
  read_rows: number;
  read_bytes: number;
  written_rows: number;
  written_bytes: number;
  elapsed_s: number;
}

/** Two cores are usual: more than a few at a time only makes each slower. */
const READS = { running_max: 4, waiting_max: 200 };
const WRITES = { running_max: 2, waiting_max: 200 };

/** The engine proper: one data directory, opened once, and a new connection for every request. */
export class Engine {
  readonly #chdb: Chdb;
  readonly #data_dir: string;
  readonly #root: Session;
  readonly #blocks: Blocks;
  readonly #reads = new Slots(READS);
  readonly #writes = new Slots(WRITES);

  constructor(chdb: Chdb, data_dir: string) {
    this.#chdb = chdb;
    this.#data_dir = data_dir;
    // Holds the directory; the connections of the requests come and go.
    this.#root = new this.#chdb.Session(data_dir);
    // Only now: whoever holds the directory may clear what is left in it.
    this.#blocks = new Blocks(data_dir);
  }

  /** Carries a request out. Rejects with ClickHouse's text. */
  carry(request: EngineRequest, body: Buffer): Promise<Outcome> {
    const raw = rawInsertOf(request.query);
    const native = raw ? undefined : nativeInsertOf(request.query);
    const read = !raw && !native && isRead(request.query || body.toString('utf8', 0, 4096));
    return (read ? this.#reads : this.#writes).run(async () => {
      // Settings and values stick to a chdb connection. A new one costs 0.3 ms and can leak nothing.
      const connection = new this.#chdb.Session(this.#data_dir);
      try {
        for (const statement of preamble(request)) await connection.queryAsync(statement);
        if (raw) return await insertBytes(connection, raw, body);
        if (native) return await this.#blocks.with(native, body, (sql) => insertSelect(connection, sql));
        const text = body.length > 0 ? textOf(body) : '';
        const sql = request.query && text ? `${request.query}\n${text}` : request.query + text;
        const result = await connection.queryAsync(sql, { format: request.default_format });
        const { rowsRead, bytesRead, elapsed } = result;
        const counts = { read_rows: rowsRead, read_bytes: bytesRead, written_rows: 0, written_bytes: 0 };
        return { bytes: result.bytes(), ...counts, elapsed_s: elapsed };
      } finally {
        connection.close();
      }
    });
  }

  /** Lets what runs finish, then closes the directory. */
  async close(): Promise<void> {
    await this.#chdb.drainPending();
    this.#root.close();
    await this.#chdb.drainPending();
  }
}

async function insertBytes(
  connection: Session,
  raw: { table: string; columns: string[] | undefined; format: string },
  body: Buffer,
): Promise<Outcome> {
  const done = await connection.insert({
    table: raw.table,
    ...(raw.columns ? { columns: raw.columns } : {}),
    values: body,
    format: raw.format as 'JSONEachRow',
  });
  return {
    bytes: new Uint8Array(0),
    read_rows: 0,
    read_bytes: 0,
    written_rows: done.rowsWritten,
    written_bytes: done.bytesWritten,
    elapsed_s: done.elapsed,
  };
}

async function insertSelect(connection: Session, sql: string): Promise<Outcome> {
  const { rowsRead, bytesRead, elapsed } = await connection.queryAsync(sql);
  return {
    bytes: new Uint8Array(0),
    read_rows: rowsRead,
    read_bytes: bytesRead,
    written_rows: rowsRead,
    written_bytes: bytesRead,
    elapsed_s: elapsed,
  };
}
