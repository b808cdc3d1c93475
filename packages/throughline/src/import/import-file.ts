import { PlainError } from '../plain-error.ts';
import { Gatherer } from './batches.ts';
import type { Parsed } from './call.ts';
import { columnFields, csvCall, parseCsvRecord } from './csv.ts';
import { readLines } from './lines.ts';
import { parseSegmentLine } from './segment.ts';
import { type Sender, send } from './send.ts';

export interface ImportOptions {
  file: string;
  format: 'segment' | 'csv';
  /** CSV: column to field. */
  map: Readonly<Record<string, string>>;
  /** CSV: the event of records that name none. */
  event?: string;
  progress(lines: number): void;
}

/** Reads the file once, start to end, and sends its calls; `sender.report` holds what became of each line. */
export async function importFile(options: ImportOptions, sender: Sender): Promise<void> {
  const { report } = sender;
  const gatherer = new Gatherer();
  const parser = options.format === 'segment' ? segmentParser : csvParser(options);
  let last = 0;
  for await (const { number, text } of readLines(options.file)) {
    const parsed: Parsed = text === undefined ? { refused: 'too_large' } : parser.parse(text);
    last = number;
    if ('skipped' in parsed) continue;
    report.read += 1;
    if ('refused' in parsed) {
      report.refuse(number, parsed.refused);
      continue;
    }
    const full = gatherer.add({ line: number, call: parsed.call });
    if (full !== undefined) {
      await send(full, sender);
      options.progress(report.read);
    }
  }
  if (parser.unfinished()) {
    report.read += 1;
    report.refuse(last, 'malformed');
  }
  const rest = gatherer.take();
  if (rest !== undefined) await send(rest, sender);
  options.progress(report.read);
}

/** Reads a file line by line. */
interface LineParser {
  parse(text: string): Parsed;
  /** Whether the lines so far ended in the middle of something. */
  unfinished(): boolean;
}

const segmentParser: LineParser = { parse: parseSegmentLine, unfinished: () => false };

/** A quoted cell that is not closed within this many characters is a stray quote, not a long cell. */
const RECORD_CHARS_MAX = 64 * 1024;

/** The first record is the header. A quoted cell may go on over lines; such a record counts as its last line. */
function csvParser({ map, event }: ImportOptions): LineParser {
  let fields: string[] | undefined;
  let open = '';
  return {
    unfinished: () => open !== '',
    parse(text) {
      const record = open + text;
      if (record.trim() === '') return { skipped: true };
      const cells = parseCsvRecord(record.replace(/^\uFEFF/, ''));
      open = cells === 'open' && record.length <= RECORD_CHARS_MAX ? `${record}\n` : '';
      if (open !== '') return { skipped: true };
      if (fields === undefined) {
        if (!Array.isArray(cells)) throw new PlainError('The first line of the file is not a CSV header.');
        fields = columnFields(cells, map);
        return { skipped: true };
      }
      if (!Array.isArray(cells) || cells.length > fields.length) return { refused: 'malformed' };
      return { call: csvCall(fields, cells, event) };
    },
  };
}
