import { customAlphabet } from 'nanoid';
import type { Tally } from './tally.ts';

/** `open` is written to, `sealed` waits for the loader and never changes again, `loaded` is kept for a while after. */
export const OPEN = '.open';
export const SEALED = '.sealed';
export const LOADED = '.loaded';
export const DAMAGED = '.damaged';
/** An empty file that remembers a segment which is missing, until it was found and loaded. */
export const MISSING = '.missing';
/** The file that names the newest segment at an orderly end, when no later one does. */
export const NEWEST = 'newest';

const random = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 12);

/** A segment's id: nine characters of time, so that ids sort by age, and twelve of chance. Alphabet `[a-z0-9_]`. */
export const newSegmentId = (ms: number): string =>
  `${Math.floor(ms).toString(36).padStart(9, '0')}_${random()}`;

/** When a segment was begun, by its id. */
export const segmentTime = (id: string): number => Number.parseInt(id.slice(0, 9), 36);

/** A segment that is closed for writing. */
export class Segment {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** What is in it and not in the ledger table yet. */
  readonly tally: Tally;
  /** Left over from an earlier process, which may have loaded it, or a part of it; or to be loaded once more. */
  readonly recovered: boolean;

  constructor(of: { id: string; file: string; bytes: number; tally: Tally; recovered: boolean }) {
    this.id = of.id;
    this.file = of.file;
    this.bytes = of.bytes;
    this.tally = of.tally;
    this.recovered = of.recovered;
  }
}

/** A segment that is stored, kept in case the store loses what it had said it stored. */
export interface KeptSegment {
  id: string;
  file: string;
  /** Rows of it that are in the store. */
  stored: number;
  bytes: number;
}

/** `<id>.<rows stored>.loaded` */
export const keptName = (id: string, stored: number): string => `${id}.${stored}${LOADED}`;

export function readKeptName(name: string): { id: string; stored: number } | undefined {
  const [, id, stored] = /^([a-z0-9_]+)\.(\d+)\.loaded$/.exec(name) ?? [];
  return id === undefined ? undefined : { id, stored: Number(stored) };
}
