import { LIMITS } from '@throughline/contract';
import type { Draft, Step, Tools } from './draft.ts';
import { sha256, textOf, wellFormed } from './text.ts';

const SAFE_VISITOR = /^(?!p_)[A-Za-z0-9_.:-]{1,64}$/;
/** What broken integrations send for "no id": as a visitor it would fuse strangers into one person. */
const NOBODY = new Set(['', 'null', 'undefined', 'nan', 'none', '0', 'anonymous', '[object object]']);

const SAFE_ID = /^[\w.:-]{1,64}$/;
const NOBODY_CHARS_MAX = 15;
const isNobody = (text: string): boolean => text.length <= NOBODY_CHARS_MAX && NOBODY.has(text.toLowerCase());

/**
 * An id as it is kept; '' for none. One long enough to be cut would meet another one's beginning: its hash stands for
 * it. NUL separates keys elsewhere.
 */
export const idOf = (value: unknown): string => {
  if (typeof value === 'string' && SAFE_ID.test(value)) return value;
  const text = wellFormed(textOf(value, LIMITS.value_chars_max)).replaceAll('\0', '');
  return text.length > LIMITS.id_chars_max ? `x_${sha256(text).slice(0, 22)}` : text;
};

/**
 * A visitor's id that is safe everywhere: kept when it is 1 to 64 characters of `[A-Za-z0-9_.:-]` and does not
 * look like a person's (`p_`), otherwise `x_` and 22 hex characters of its SHA-256. '' for nobody.
 */
export function visitorOf(value: unknown): string {
  const text = textOf(value, LIMITS.value_chars_max).trim();
  if (SAFE_VISITOR.test(text)) return isNobody(text) ? '' : text;
  return isNobody(text) ? '' : `x_${sha256(text).slice(0, 22)}`;
}

/** The visitor of a server's call that knows the user only: the same for every call about that user. */
export function visitorOfUser(site: string, user_id: unknown): string {
  const text = textOf(user_id, LIMITS.value_chars_max).trim();
  return isNobody(text) ? '' : `s_${sha256(`${site}|${text}`).slice(0, 22)}`;
}

/** event_id, visitor_id, session_id, seq. */
export const putIds: Step = {
  name: 'ids',
  run({ row, incoming, arrival }: Draft, tools: Tools) {
    row.event_id = idOf(incoming.event_id);
    if (row.event_id === '') {
      // The tag makes its ids so that a resend counts once; servers may leave it to us.
      if (incoming.source === 'tag') return { reason: 'missing_event_id', field: 'event_id' };
      row.event_id = tools.newId();
    }
    row.visitor_id =
      visitorOf(incoming.visitor_id) ||
      // An alias that names no visitor is about the one it calls the previous id: that one's visits are claimed.
      visitorOf(incoming.previous_id) ||
      (incoming.source === 'tag' ? '' : visitorOfUser(arrival.site.site, incoming.user_id));
    if (row.visitor_id === '') return { reason: 'missing_visitor', field: 'visitor_id' };
    row.session_id = idOf(incoming.session_id);
    const seq = typeof incoming.seq === 'number' && Number.isFinite(incoming.seq) ? incoming.seq : 0;
    row.seq = Math.max(0, Math.floor(seq)) % 2 ** 20;
    return undefined;
  },
};
