import type { Entry } from './content.ts';

const BRACE = 1;

/** The rows as ClickHouse gets them, one a line, each with its segment and place written in before its last brace. */
export function linesOf(entries: readonly Entry[], segment: string): Buffer {
  const parts: Buffer[] = [];
  for (const { line, seq } of entries) {
    parts.push(line.subarray(0, line.length - BRACE));
    parts.push(Buffer.from(`,"segment":"${segment}","segment_seq":${seq}}\n`));
  }
  return Buffer.concat(parts);
}
