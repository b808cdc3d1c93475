import { Bytes } from './bytes.ts';
import { type CellKind, cellEnd, readCell, tenThousandths, textLength, textStart } from './cell.ts';

/** One column of a block in ClickHouse's Native format, filled cell by cell. */
export interface Column {
  readonly type: string;
  /** `rows` times the type's default: '', 0, null or empty. */
  skip(rows: number): void;
  /** The cell at `at`, `rows` times. */
  repeat(bytes: Buffer, at: number, rows: number): void;
  /** The cells of `rows` rows, which lie one after another from `at` to `end`. */
  all(bytes: Buffer, at: number, end: number, rows: number): void;
  /** The column's data as the format wants it. It changes with the column. */
  parts(): Buffer[];
  /** Takes all rows out, and keeps the memory for the next ones. */
  clear(): void;
}

const START_BYTES = 4_096;

/** `String`, and the types whose cells have one width: all copied as they are. */
export class PlainColumn implements Column {
  readonly type: string;
  readonly #kind: CellKind;
  readonly #width: number;
  readonly #data = new Bytes(START_BYTES);

  constructor(type: string, kind: 'text' | 'u8' | 'u32' | 'time') {
    this.type = type;
    this.#kind = kind;
    // The default of a text is its length, 0.
    this.#width = { text: 1, u8: 1, u32: 4, time: 8 }[kind];
  }
  skip(rows: number): void {
    this.#data.zeros(rows * this.#width);
  }
  repeat(bytes: Buffer, at: number, rows: number): void {
    this.#data.copy(bytes, at, cellEnd(this.#kind, bytes, at), rows);
  }
  all(bytes: Buffer, at: number, end: number): void {
    this.#data.copy(bytes, at, end);
  }
  parts(): Buffer[] {
    return [this.#data.done()];
  }
  clear(): void {
    this.#data.end = 0;
  }
}

/** Serialization of LowCardinality: shared dictionaries with additional keys, which are updated. */
const KEYS_VERSION = 1;
const KEYS_FLAGS = 0x600;

/** `LowCardinality(String)`: each value once, and a number for each row. Number 0 is the default. */
export class DictionaryColumn implements Column {
  readonly type = 'LowCardinality(String)';
  readonly #keys = new Bytes(START_BYTES);
  readonly #numbers = new Map<string, number>();
  #rows = new Uint32Array(1_024);
  #count = 0;
  #last = { at: 0, end: 0, number: 0 };

  constructor() {
    this.clear();
  }
  clear(): void {
    this.#keys.end = 0;
    this.#keys.varint(0);
    this.#numbers.clear();
    this.#numbers.set('', 0);
    this.#count = 0;
    this.#last = { at: 0, end: 0, number: 0 };
  }
  skip(rows: number): void {
    this.#add(0, rows);
  }
  repeat(bytes: Buffer, at: number, rows: number): void {
    this.#add(this.#numberOf(bytes, at), rows);
  }
  all(bytes: Buffer, at: number, end: number): void {
    for (let place = at; place < end; place = cellEnd('text', bytes, place))
      this.#add(this.#numberOf(bytes, place), 1);
  }
  parts(): Buffer[] {
    const count = this.#numbers.size;
    const width = count <= 0x100 ? 0 : count <= 0x10000 ? 1 : 2;
    const head = new Bytes(64);
    head.i64(KEYS_VERSION);
    head.i64(KEYS_FLAGS | width);
    head.i64(count);
    const rows = this.#rows.subarray(0, this.#count);
    const numbers = width === 0 ? Uint8Array.from(rows) : width === 1 ? Uint16Array.from(rows) : rows;
    const size = new Bytes(8);
    size.i64(this.#count);
    return [
      head.done(),
      this.#keys.done(),
      size.done(),
      Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength),
    ];
  }

  #add(number: number, rows: number): void {
    if (this.#count + rows > this.#rows.length) {
      const larger = new Uint32Array(Math.max(this.#rows.length * 2, this.#count + rows));
      larger.set(this.#rows);
      this.#rows = larger;
    }
    if (rows === 1) this.#rows[this.#count] = number;
    else this.#rows.fill(number, this.#count, this.#count + rows);
    this.#count += rows;
  }

  /** Neighbours mostly share their value: those cost a comparison of some bytes. */
  #numberOf(bytes: Buffer, at: number): number {
    const start = textStart(bytes, at);
    const end = start + textLength(bytes, at);
    const { buffer } = this.#keys;
    const last = this.#last;
    if (end - start === last.end - last.at) {
      let same = 0;
      while (start + same < end && bytes[start + same] === buffer[last.at + same]) same += 1;
      if (start + same === end) return last.number;
    }
    const key = bytes.toString('latin1', start, end);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(key, number);
      this.#keys.varint(end - start);
      const begun = this.#keys.end;
      this.#keys.copy(bytes, start, end);
      this.#last = { at: begun, end: this.#keys.end, number };
    }
    return number;
  }
}

/** `Nullable(Decimal(18, 4))`: first which rows are null, then the amounts. */
export class MoneyColumn implements Column {
  readonly type = 'Nullable(Decimal(18, 4))';
  readonly #nulls = new Bytes(START_BYTES);
  readonly #amounts = new Bytes(START_BYTES);

  skip(rows: number): void {
    this.#nulls.room(rows);
    this.#nulls.buffer.fill(1, this.#nulls.end, this.#nulls.end + rows);
    this.#nulls.end += rows;
    this.#amounts.zeros(rows * 8);
  }
  repeat(bytes: Buffer, at: number, rows: number): void {
    this.#nulls.copy(bytes, at, at + 1, rows);
    this.#amounts.copy(bytes, at + 1, at + 9, rows);
  }
  all(bytes: Buffer, at: number, end: number): void {
    for (let place = at; place < end; place += 9) this.repeat(bytes, place, 1);
  }
  parts(): Buffer[] {
    return [this.#nulls.done(), this.#amounts.done()];
  }
  clear(): void {
    this.#nulls.end = 0;
    this.#amounts.end = 0;
  }
}

/** `Array(…)` and `Map(String, String)`, from cells of JSON: where each row ends, then all elements. */
export class ListColumn implements Column {
  readonly type: string;
  readonly #of: 'text' | 'money' | 'u32' | 'pairs';
  readonly #ends = new Bytes(START_BYTES);
  readonly #elements = new Bytes(START_BYTES);
  /** Of a map: its values; `#elements` holds its keys. */
  readonly #values = new Bytes(START_BYTES);
  #count = 0;

  constructor(type: string, of: 'text' | 'money' | 'u32' | 'pairs') {
    this.type = type;
    this.#of = of;
  }
  skip(rows: number): void {
    for (let row = 0; row < rows; row += 1) this.#ends.i64(this.#count);
  }
  repeat(bytes: Buffer, at: number, rows: number): void {
    const value = readCell('json', bytes, at) as readonly unknown[] | Record<string, string>;
    for (let row = 0; row < rows; row += 1) {
      if (this.#of === 'pairs') {
        for (const [key, text] of Object.entries(value as Record<string, string>)) {
          this.#elements.text(key);
          this.#values.text(text);
          this.#count += 1;
        }
      } else for (const element of value as readonly unknown[]) this.#add(element);
      this.#ends.i64(this.#count);
    }
  }
  all(bytes: Buffer, at: number, end: number): void {
    for (let place = at; place < end; place = cellEnd('json', bytes, place)) this.repeat(bytes, place, 1);
  }
  parts(): Buffer[] {
    return [this.#ends.done(), this.#elements.done(), this.#values.done()];
  }
  clear(): void {
    this.#ends.end = 0;
    this.#elements.end = 0;
    this.#values.end = 0;
    this.#count = 0;
  }

  #add(element: unknown): void {
    this.#count += 1;
    if (this.#of === 'text') this.#elements.text(element as string);
    else if (this.#of === 'u32') this.#elements.u32(element as number);
    else {
      this.#elements.room(8);
      this.#elements.buffer.writeBigInt64LE(tenThousandths(element as number), this.#elements.end);
      this.#elements.end += 8;
    }
  }
}
