import type { RefusalReason } from '@throughline/contract';
import type { NewLink } from '../steps/draft.ts';
import { lineJson } from '../steps/row-json.ts';

/** What one request brought: accepted events with their links, and the refusals, durable together. */
export interface Batch {
  /** '' when no site is known. */
  site: string;
  received_ms: number;
  event_ids: string[];
  /** The rows as JSON, in the order of `event_ids`, without their place in the segment. */
  rows: string[];
  links: NewLink[];
  refused: Partial<Record<RefusalReason, number>>;
}

export interface StoredBatch extends Omit<Batch, 'rows'> {
  /** One row a line, UTF-8. */
  lines: Buffer[];
}

const NEWLINE = 10;

/** The payload of a record: one line of JSON about the batch, then one line a row. */
export function encodeBatch({ site, received_ms, event_ids, rows, links, refused }: Batch): Buffer {
  const head = lineJson({ site, received_ms, event_ids, links, refused });
  return Buffer.from(rows.length === 0 ? head : `${head}\n${rows.join('\n')}`, 'utf8');
}

/** The batch in a payload. Throws when a sound record holds something else, which only a foreign writer can cause. */
export function decodeBatch(payload: Buffer): StoredBatch {
  const lines: Buffer[] = [];
  let start = 0;
  while (start <= payload.length) {
    const newline = payload.indexOf(NEWLINE, start);
    const end = newline < 0 ? payload.length : newline;
    lines.push(payload.subarray(start, end));
    start = end + 1;
  }
  const head = JSON.parse(lines.shift()!.toString('utf8')) as Omit<Batch, 'rows'>;
  if (head.event_ids.length !== lines.length)
    throw new Error(`A record names ${head.event_ids.length} events and holds ${lines.length} rows.`);
  return { ...head, lines };
}
