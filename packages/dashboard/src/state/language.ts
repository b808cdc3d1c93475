import { effect, signal } from '@preact/signals';
import { keep, kept } from './kept.ts';

export type Language = 'en' | 'vi';

/** Vietnamese when it comes before English in the browser's list; English otherwise. */
export function preferredLanguage(languages: readonly string[]): Language {
  const first = languages
    .map((tag) => tag.toLowerCase().slice(0, 2))
    .find((tag) => tag === 'en' || tag === 'vi');
  return first === 'vi' ? 'vi' : 'en';
}

function initial(): Language {
  const stored = kept('language');
  return stored === 'en' || stored === 'vi' ? stored : preferredLanguage(navigator.languages ?? []);
}

export const language = signal<Language>(initial());

effect(() => {
  document.documentElement.lang = language.value;
});

export function chooseLanguage(chosen: Language): void {
  keep('language', chosen);
  language.value = chosen;
}
