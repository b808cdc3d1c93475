import { faultOf, type Log } from '../log.ts';
import { readBatch, rowsOf, type StoredBatch } from '../spool/batch.ts';
import type { SpoolFiles } from '../spool/files.ts';
import { scan } from '../spool/record.ts';
import type { Segment } from '../spool/segment.ts';
import { hourOf } from '../spool/tally.ts';
import type { NewRow } from '../steps/draft.ts';
import type { Breath } from './breath.ts';

/** The batch of one record. Its events are numbered through the segment, from `base` on. */
export interface Part {
  batch: StoredBatch;
  base: number;
  /** The first event's place in the segment, for ever; greater than `base` when records before were damaged. */
  first_row: number;
  hour: string;
}

export interface Content {
  segment: string;
  parts: Part[];
  /** Accepted events of all parts. */
  events: number;
}

/** Reads a sealed segment. What is damaged is left out and reported. */
export async function readSegment(
  segment: Segment,
  { files, log, breath }: { files: SpoolFiles; log: Log; breath: Breath },
): Promise<Content> {
  const bytes = await files.read(segment.file);
  const { records, damaged } = scan(bytes.subarray(0, segment.bytes), segment.id);
  if (damaged.length > 0)
    log.error('A sealed spool segment is damaged; its sound records are loaded.', { segment: segment.id });
  const content: Content = { segment: segment.id, parts: [], events: 0 };
  for (const { payload, first_row } of records) {
    if (breath.due) await breath.take();
    let batch: StoredBatch;
    try {
      batch = readBatch(payload);
    } catch (error) {
      log.error('A spool record cannot be read and is left out.', { segment: segment.id, ...faultOf(error) });
      continue;
    }
    content.parts.push({ batch, base: content.events, first_row, hour: hourOf(batch.received_ms) });
    content.events += batch.events;
  }
  return content;
}

/** The place in the segment of an event by its number. */
export const seqOf = (part: Part, event: number): number => part.first_row + event - part.base;

/** The part that holds an event, and the event's row. For few events: it looks through all parts. */
export function rowOf({ parts }: Content, event: number): { part: Part; row: NewRow } {
  const part = parts.findLast(({ base }) => base <= event)!;
  return { part, row: rowsOf(part.batch)[event - part.base]! };
}
