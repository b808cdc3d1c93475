import { named, words } from '../../i18n/words.ts';
import type { StepDraft } from '../../url/funnel.ts';

/** A step in the reader's words; the API's label where the draft does not know better. */
export function stepName(step: StepDraft | undefined, label: string): string {
  if (!step) return label;
  return step.matches.map((match) => named('events', match.event)).join(` ${words.value.funnel.or} `);
}
