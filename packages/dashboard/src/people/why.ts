import type { CustomerSession } from '@throughline/contract';
import type { Format } from '../format/format.ts';
import type { Catalogue } from '../i18n/en.ts';

/** Why a visit belongs to a person, in words. */
export function why(reason: CustomerSession['why'], format: Format, words: Catalogue): string {
  const t = words.customer;
  const when = reason.evidence ? format.moment(reason.evidence.time) : words.unknown;
  if (reason.evidence?.kind === 'join') return t.why_joined(when);
  switch (reason.rule) {
    case 'identified_in_session':
      return t.why_now;
    case 'identified_before':
      return t.why_before(when);
    case 'identified_later':
      return t.why_later(when);
    case 'disowned':
      return t.why_disowned(when);
    case 'nobody':
      return t.why_nobody;
    default:
      return t.why_other(reason.rule);
  }
}
