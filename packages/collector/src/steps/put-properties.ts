import type { Draft, Step } from './draft.ts';
import { type Flat, flatten } from './flatten.ts';
import { isPersonal } from './personal.ts';
import { withoutEmails } from './privacy.ts';
import { isEmpty } from './text.ts';

/** Takes out what names a person, in place. */
export function withoutPersonal({ values }: Flat): void {
  for (const name of Object.keys(values)) {
    if (isPersonal(name)) delete values[name];
    else values[name] = withoutEmails(values[name]!);
  }
}

/** Every property that has no column of its own, as text. */
export const putProperties: Step = {
  name: 'properties',
  run(draft: Draft) {
    if (draft.cut === 0 && isEmpty(draft.properties)) return undefined;
    const flat = flatten(draft.properties, draft.used);
    if (!flat) return 'too_deep';
    if (!draft.arrival.site.settings.plain_identifiers) withoutPersonal(flat);
    draft.row.properties = flat.values;
    const cut = draft.cut + flat.cut;
    if (cut > 0) flat.values['properties_cut'] = String(cut);
    return undefined;
  },
};
