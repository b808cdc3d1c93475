import type { Block } from './native/block.ts';

/** A statement with its values bound: `sql` holds `{name:Type}` placeholders and never a caller's value. */
export interface Statement<Row = unknown> {
  sql: string;
  params?: Record<string, unknown>;
  /** Phantom: the type of the rows that come back. */
  readonly row?: Row;
}

export type TableName =
  | 'sites'
  | 'keys'
  | 'events'
  | 'event_ids'
  | 'links'
  | 'assignments'
  | 'customers'
  | 'customer_identifiers'
  | 'owed_stitches'
  | 'owed_erasures'
  | 'ledger'
  | 'doubles'
  | 'erasures'
  | 'erased'
  | 'turned_away'
  | 'migrations';

export interface InsertOptions {
  token?: string;
  /** The columns that the rows have; needed where one of them is not stored. Default: all. */
  columns?: readonly string[];
}

/** The only door to ClickHouse. Table names in statements are unqualified: the store's database is the default one. */
export interface Store {
  readonly kind: 'embedded' | 'server';
  /** Name of the ClickHouse cluster that the tables are spread over; undefined for one node. */
  readonly cluster?: string;
  /** Rows of a SELECT. Times come back as ISO 8601, 64-bit integers and decimals as numbers. Throws `StoreError`. */
  query<Row>(statement: Statement<Row>, options?: { timeout_s?: number }): Promise<Row[]>;
  /** The columns of a SELECT one row after another, as RowBinary holds them. Throws `StoreError`. */
  bytes(statement: Statement, options?: { timeout_s?: number }): Promise<Buffer>;
  /** DDL and other statements without rows. */
  run(statement: Statement): Promise<void>;
  /** Inserts as one block. With `token` a repeat of the same rows is dropped by ClickHouse. Token alphabet: `[A-Za-z0-9_-]`. */
  insert(table: TableName, rows: readonly object[], options?: InsertOptions): Promise<void>;
  /** The same for rows that are already JSON, one a line. */
  insertLines(table: TableName, lines: Uint8Array, options?: InsertOptions): Promise<void>;
  /** The same for a block of ClickHouse's Native format: the quickest way in, by far. */
  insertBlock(table: TableName, block: Block, options?: { token?: string }): Promise<void>;
  /** `INSERT INTO table <statement>`, where the statement is a SELECT over its bound values. */
  insertSelect(table: TableName, statement: Statement, options?: { token?: string }): Promise<void>;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

export interface StoreErrorOptions {
  code?: number | undefined;
  ambiguous: boolean;
  lasting?: boolean;
  cause?: unknown;
}

/**
 * ClickHouse refused or could not be reached. `ambiguous`: the statement may or may not have been carried out.
 * `lasting`: trying again changes nothing before somebody has changed a setting or a file.
 */
export class StoreError extends Error {
  readonly code: number | undefined;
  readonly ambiguous: boolean;
  readonly lasting: boolean;
  constructor(message: string, { code, ambiguous, lasting = false, cause }: StoreErrorOptions) {
    super(message, { cause });
    this.name = 'StoreError';
    this.code = code;
    this.ambiguous = ambiguous;
    this.lasting = lasting;
  }
}
