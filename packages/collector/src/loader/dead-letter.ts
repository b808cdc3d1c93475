import type { EventRow, Link } from '@throughline/contract';
import { type Content, rowOf, seqOf } from './content.ts';
import type { Unstorable } from './insert.ts';

/** An event that the store refused, kept with the reason: one line of JSON in `<segment>.refused`. */
export interface DeadLetter {
  /** What the store said, without the event's values. */
  reason: string;
  /** Hour of arrival, as the ledger counts it. */
  hour: string;
  row: EventRow;
  /** What the event says of who it is. */
  link?: Link;
}

export const REFUSED = '.refused';

export function deadLettersOf(content: Content, refused: readonly Unstorable<number>[]): DeadLetter[] {
  return refused.map(({ row: event, reason }) => {
    const { segment } = content;
    const { part, row } = rowOf(content, event);
    const { time, received_at, session_started_at } = row;
    const times = {
      time: iso(time),
      received_at: iso(received_at),
      session_started_at: iso(session_started_at),
    };
    const found = part.batch.links.find((one) => one.row === event - part.base);
    return {
      reason,
      hour: part.hour,
      row: { ...row, ...times, segment, segment_seq: seqOf(part, event) },
      ...(found && { link: { ...found.link, segment } }),
    };
  });
}

const iso = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '');

export const deadLetterText = (letters: readonly DeadLetter[]): string =>
  letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');

/** The letters of a file. A line that was not written to its end, or that somebody has garbled, is left out. */
export const readDeadLetters = (text: string): DeadLetter[] => text.split('\n').flatMap(letterIn);

function letterIn(line: string): DeadLetter[] {
  try {
    const letter = JSON.parse(line) as DeadLetter | null;
    return typeof letter?.row?.event_id === 'string' ? [letter] : [];
  } catch {
    return [];
  }
}
