import { computed } from '@preact/signals';
import { language } from '../state/language.ts';
import { type Catalogue, en } from './en.ts';
import { vi } from './vi.ts';

export const LANGUAGES = ['en', 'vi'] as const;
export const CATALOGUES: Record<(typeof LANGUAGES)[number], Catalogue> = { en, vi };

/** The catalogue of the language in use. A component that reads `words.value` renders again when it changes. */
export const words = computed(() => CATALOGUES[language.value]);

/** The word for a name that may be one of ours or a caller's own, which is shown as it came. */
export function named(
  kind:
    | 'events'
    | 'stages'
    | 'channels'
    | 'identifiers'
    | 'reasons'
    | 'devices'
    | 'properties'
    | 'readers'
    | 'sources',
  name: string,
): string {
  if (name === '') return words.value.unknown;
  const table: Record<string, string> = words.value[kind];
  return Object.hasOwn(table, name) ? table[name]! : name;
}
