import type { Draft, Step } from './draft.ts';
import { flatten } from './flatten.ts';
import { isPersonal, isSecret } from './personal.ts';
import { withoutEmails } from './privacy.ts';
import { isEmpty } from './text.ts';

/** Takes out what lets somebody in or pays, in place. */
export function withoutSecrets(values: Record<string, string>): void {
  for (const name of Object.keys(values)) if (isSecret(name)) delete values[name];
}

/** Takes out what names a person, in place. */
export function withoutPersonal(values: Record<string, string>): void {
  for (const name of Object.keys(values)) {
    if (isPersonal(name)) delete values[name];
    else values[name] = withoutEmails(values[name]!);
  }
}

/** Every property that has no column of its own, as text. */
export const putProperties: Step = {
  name: 'properties',
  run(draft: Draft) {
    if (isEmpty(draft.properties)) return undefined;
    const values = flatten(draft.properties, draft.used, draft.cuts);
    if (!values) return { reason: 'too_deep', field: 'properties' };
    withoutSecrets(values);
    if (!draft.arrival.site.settings.plain_identifiers) withoutPersonal(values);
    draft.row.properties = values;
    return undefined;
  },
};
