import type { Draft, Step } from './draft.ts';
import { flatten } from './flatten.ts';
import { isPersonal, isPostal, isSecret } from './personal.ts';
import { withoutEmails } from './privacy.ts';
import { isEmpty } from './text.ts';

/** Takes out what lets somebody in or pays, and, unless the site has opted in to it (`plain`), what names a person; in place. */
export function withoutPrivate(values: Record<string, string>, plain: boolean): void {
  for (const name of Object.keys(values)) {
    if (isSecret(name) || (!plain && (isPersonal(name) || isPostal(name)))) delete values[name];
    else if (!plain) values[name] = withoutEmails(values[name]!);
  }
}

/** Every property that has no column of its own, as text. */
export const putProperties: Step = {
  name: 'properties',
  run(draft: Draft) {
    if (isEmpty(draft.properties)) return undefined;
    const values = flatten(draft.properties, draft.used, draft.cuts);
    if (!values) return { reason: 'too_deep', field: 'properties' };
    withoutPrivate(values, draft.arrival.site.settings.plain_identifiers === true);
    draft.row.properties = values;
    return undefined;
  },
};
