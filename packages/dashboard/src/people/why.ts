import { type CustomerSession, type Evidence, PURCHASE_KINDS } from '@throughline/contract';
import type { Format } from '../format/format.ts';
import type { Catalogue } from '../i18n/en.ts';

/** Whether it is no sign-in but a purchase, which is the person's because the browser was theirs. */
export const isPurchase = ({ identifiers }: Evidence): boolean =>
  identifiers.length > 0 && identifiers.every(({ kind }) => PURCHASE_KINDS.includes(kind));

const CONTACTS: readonly string[] = ['email', 'phone'];

/** Whether it is no sign-in but an e-mail or phone that was given, as a guest does at the checkout. */
export const isGiven = ({ kind, identifiers }: Evidence): boolean =>
  kind === 'identify' &&
  identifiers.some((one) => CONTACTS.includes(one.kind)) &&
  identifiers.every((one) => CONTACTS.includes(one.kind) || PURCHASE_KINDS.includes(one.kind));

/** Why a visit belongs to a person, in words. */
export function why(reason: CustomerSession['why'], format: Format, words: Catalogue): string {
  const t = words.customer;
  const when = reason.evidence ? format.moment(reason.evidence.time) : words.unknown;
  if (reason.evidence?.kind === 'join') return t.why_joined(when);
  const bought = reason.evidence !== undefined && isPurchase(reason.evidence);
  const given = reason.evidence !== undefined && isGiven(reason.evidence);
  switch (reason.rule) {
    case 'identified_in_session':
      return bought ? t.why_bought_now : given ? t.why_given_now : t.why_now;
    case 'identified_before':
      return bought ? t.why_bought_before(when) : given ? t.why_given_before(when) : t.why_before(when);
    case 'identified_later':
      return bought ? t.why_bought_later(when) : given ? t.why_given_later(when) : t.why_later(when);
    case 'disowned':
      return t.why_disowned(when);
    case 'nobody':
      return t.why_nobody;
    default:
      return t.why_other(reason.rule);
  }
}
