import { computed, effect, signal } from '@preact/signals';
import { keep, kept } from './kept.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const stored = kept('theme');
export const theme = signal<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system');

const system = matchMedia('(prefers-color-scheme: dark)');
const systemDark = signal(system.matches);
system.addEventListener('change', (event) => {
  systemDark.value = event.matches;
});

/** What is on the screen now, for charts, which are painted and not styled. */
export const dark = computed(() => (theme.value === 'system' ? systemDark.value : theme.value === 'dark'));

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

export function chooseTheme(chosen: Theme): void {
  keep('theme', chosen);
  theme.value = chosen;
}
