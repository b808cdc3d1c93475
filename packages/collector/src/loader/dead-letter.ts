import type { EventRow, Link } from '@throughline/contract';
import { LetterFiles, type LetterFilesOptions } from '../letter-files.ts';
import { type Content, rowOf, seqOf } from './content.ts';
import type { Unstorable } from './insert.ts';

/** An event that the store refused. */
export interface DeadLetter {
  /** What the store said, without the event's values. */
  reason: string;
  /** Hour of arrival, as the ledger counts it. */
  hour: string;
  row: EventRow;
  /** What the event says of who it is. */
  links: Link[];
}

/** A link that the store refused, while its event is stored. */
export interface LinkLetter {
  reason: string;
  hour: string;
  link: Link;
}

type Folder = Pick<LetterFilesOptions<object>, 'files' | 'folder'>;

export const deadLetterFiles = ({ files, folder }: Folder): LetterFiles<DeadLetter> =>
  new LetterFiles<DeadLetter>({
    files,
    folder,
    ending: '.refused',
    letterIn(value) {
      const letter = value as DeadLetter | null;
      return typeof letter?.row?.event_id === 'string' ? { ...letter, links: letter.links ?? [] } : undefined;
    },
  });

export const linkLetterFiles = ({ files, folder }: Folder): LetterFiles<LinkLetter> =>
  new LetterFiles<LinkLetter>({
    files,
    folder,
    ending: '.unlinked',
    letterIn(value) {
      const letter = value as LinkLetter | null;
      return typeof letter?.link?.event_id === 'string' ? letter : undefined;
    },
  });

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
    const links = part.batch.links.filter((one) => one.row === event - part.base);
    return {
      reason,
      hour: part.hour,
      row: { ...row, ...times, segment, segment_seq: seqOf(part, event) },
      links: links.map(({ link }) => ({ ...link, segment })),
    };
  });
}

export const linkLettersOf = ({ parts }: Content, refused: readonly Unstorable<Link>[]): LinkLetter[] =>
  refused.map(({ row: link, reason }) => {
    const part = parts.find(({ batch }) =>
      batch.links.some((one) => one.link.site === link.site && one.link.event_id === link.event_id),
    );
    return { reason, hour: part?.hour ?? link.time, link };
  });

const iso = (ms: number): string => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '');
