import { named } from './words.ts';

/** Of a reader that nobody here knows, as much as fits a line. */
const READER_CHARS_MAX = 24;

/** Who told of an event, in words: of the tag each reader, the one that saw it first in front; of all others what they are. */
export function tellers({ source, reader }: { source: string; reader: string }): string[] {
  if (source !== 'tag' || reader === '') return [named('sources', source)];
  return reader.split(',').map((part) => named('readers', part.slice(0, READER_CHARS_MAX)));
}

/** Those of one event. */
export const toldBy = (event: { source: string; reader: string }): string => tellers(event).join(', ');
