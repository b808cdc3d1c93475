import type { RefusalReason } from '@throughline/contract';
import { faultOf, type Log } from '../log.ts';
import { decodeBatch, type StoredBatch } from '../spool/batch.ts';
import type { SpoolFiles } from '../spool/files.ts';
import { scan } from '../spool/record.ts';
import type { Segment } from '../spool/segment.ts';
import { hourOf } from '../spool/tally.ts';
import type { NewLink } from '../steps/draft.ts';

/** One accepted event of a segment. */
export interface Entry {
  site: string;
  hour: string;
  event_id: string;
  /** The row as JSON without its place. */
  line: Buffer;
  /** Its place in the segment. */
  seq: number;
  link: NewLink | undefined;
}

export interface Content {
  segment: string;
  entries: Entry[];
  /** Refusals that came with the records. */
  refused: { site: string; hour: string; reason: RefusalReason; events: number }[];
}

/** Reads a sealed segment. What is damaged is left out and reported. */
export async function readSegment(segment: Segment, files: SpoolFiles, log: Log): Promise<Content> {
  const bytes = await files.read(segment.file);
  const { records, damaged } = scan(bytes.subarray(0, segment.bytes));
  if (damaged.length > 0)
    log.error('A sealed spool segment is damaged; its sound records are loaded.', { segment: segment.id });
  const content: Content = { segment: segment.id, entries: [], refused: [] };
  for (const { payload, first_row } of records) {
    let batch: StoredBatch;
    try {
      batch = decodeBatch(payload);
    } catch (error) {
      log.error('A spool record cannot be read and is left out.', { segment: segment.id, ...faultOf(error) });
      continue;
    }
    add(content, batch, first_row);
  }
  return content;
}

function add(content: Content, batch: StoredBatch, first_row: number): void {
  const { site } = batch;
  const hour = hourOf(batch.received_ms);
  const links = new Map(batch.links.map((link) => [link.event_id, link]));
  for (const [index, event_id] of batch.event_ids.entries())
    content.entries.push({
      site,
      hour,
      event_id,
      line: batch.lines[index]!,
      seq: first_row + index,
      link: links.get(event_id),
    });
  for (const [reason, events] of Object.entries(batch.refused) as [RefusalReason, number][])
    content.refused.push({ site, hour, reason, events });
}
