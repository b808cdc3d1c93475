import { EVENT_NAMES, type NamesView } from '@throughline/contract';
import { named, words } from '../i18n/words.ts';
import type { Choice } from '../ui/select.tsx';
import { usePlace } from '../url/place.ts';
import { reports } from './reports.ts';
import { useReport } from './use-report.ts';

/** The names to choose from. The vocabulary is there before the answer is, and when it fails. */
export function useNames(): NamesView {
  const { site } = usePlace();
  const report = useReport(site.site, (signal) => reports.names(site.site, signal));
  return report.data ?? { events: [], properties: [], traits: [] };
}

/** Events for a menu: those that occur, the most frequent first, then the rest of the vocabulary. */
export function eventChoices(names: NamesView, chosen: readonly string[]): Choice[] {
  const occurring = [...names.events].sort((a, b) => b.events - a.events).map((event) => event.name);
  const rest = [...EVENT_NAMES, ...chosen].filter((name) => name !== '' && !occurring.includes(name));
  return [...occurring, ...new Set(rest)].map((value) => ({ value, label: named('events', value) }));
}

/** Every property a filter or a split can be about, in three groups. */
export function propertyChoices(names: NamesView, chosen: string): Choice[] {
  const built_in = Object.keys(words.value.properties).map((value) => ({
    value,
    label: named('properties', value),
  }));
  const custom = names.properties.map((name) => ({
    value: `properties.${name}`,
    label: name,
    group: 'properties',
  }));
  const traits = names.traits.map((name) => ({ value: `traits.${name}`, label: name, group: 'traits' }));
  const all = [...built_in, ...custom, ...traits];
  return chosen === '' || all.some((choice) => choice.value === chosen)
    ? all
    : [...all, { value: chosen, label: chosen }];
}
