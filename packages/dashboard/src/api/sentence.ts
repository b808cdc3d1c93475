import { words } from '../i18n/words.ts';
import type { ApiError } from './call.ts';

/** What a call that failed says to a person, in their language; the API's own English where the catalogue does not know its code. */
export function sentenceOf(error: ApiError): string {
  const { problems, states } = words.value;
  const known: Record<string, string> = problems;
  if (Object.hasOwn(known, error.code)) return known[error.code]!;
  if (error.message !== '') return error.message;
  return error.code === 'unreachable' ? states.unreachable : states.unreadable(String(error.status));
}
