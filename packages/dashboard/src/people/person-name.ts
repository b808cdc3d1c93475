import type { PersonSummary } from '@throughline/contract';
import { words } from '../i18n/words.ts';

/** What to call somebody: their label, or what is known of them. */
export function personName({ label, known }: Pick<PersonSummary, 'label' | 'known'>): string {
  return label || (known ? words.value.unnamed : words.value.stranger);
}
