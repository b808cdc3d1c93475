import { PlainError } from '../plain-error.ts';
import { Gatherer } from './batches.ts';
import type { Parsed } from './call.ts';
import { columnFields, csvCall, parseCsvLine } from './csv.ts';
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
  const parse = options.format === 'segment' ? parseSegmentLine : csvParser(options);
  for await (const { number, text } of readLines(options.file)) {
    const parsed: Parsed = text === undefined ? { refused: 'too_large' } : parse(text);
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
  const rest = gatherer.take();
  if (rest !== undefined) await send(rest, sender);
  options.progress(report.read);
}

/** The first line is the header. */
function csvParser({ map, event }: ImportOptions): (text: string) => Parsed {
  let fields: string[] | undefined;
  return (text) => {
    if (text.trim() === '') return { skipped: true };
    const cells = parseCsvLine(text.replace(/^\uFEFF/, ''));
    if (fields === undefined) {
      if (cells === undefined) throw new PlainError('The first line of the file is not a CSV header.');
      fields = columnFields(cells, map);
      return { skipped: true };
    }
    if (cells === undefined || cells.length > fields.length) return { refused: 'malformed' };
    return { call: csvCall(fields, cells, event) };
  };
}
