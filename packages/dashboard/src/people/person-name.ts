import type { PersonSummary } from '@throughline/contract';
import { words } from '../i18n/words.ts';

/** Enough of a person's id to tell two apart. */
const ID_SHOWN = 8;

/** What to call somebody: their label, or for a known one without, the beginning of the id. */
export function personName({ id, label, known }: Pick<PersonSummary, 'id' | 'label' | 'known'>): string {
  if (label) return label;
  return known ? words.value.unnamed(shortId(id)) : words.value.stranger;
}

/** The beginning of an id, without the mark that tells persons from visitors. */
export const shortId = (id: string): string => id.replace(/^p_/, '').slice(0, ID_SHOWN);
