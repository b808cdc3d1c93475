import { say } from './listen.ts';
import { options } from './options.ts';
import { put, shelf } from './shelf.ts';

/** Keepalive requests of a page share 64 KB, and a character takes up to three bytes. An event above it is given up. */
export const BATCH_CHARS_MAX = 2e4;
/** Browsers give an origin about 5 million characters, which belong to the shop. */
export const OUTBOX_CHARS_MAX = 2e5;

/** Each event has a key of its own, so that tabs never write over each other. `id` begins with the event's time. */
export const keyOf = (id: string): string => `tl_q.${options.site}.${id}`;

/** The keys of waiting events, newest first. Whichever page comes first sends what others have left. */
export const waiting = (): string[] =>
  Object.keys(shelf)
    .filter((key) => !key.indexOf(keyOf('')))
    .sort()
    .reverse();

/** Gives an event up, whether kept yet or not; it is counted until the collector has been told. */
export const giveUp = (key: string): void => {
  say('lost', key);
  delete shelf[key];
  // One more, also of none.
  put('tl_l', -~(shelf['tl_l'] as never));
};
