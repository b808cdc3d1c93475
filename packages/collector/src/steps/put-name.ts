import { canonicalName, LIMITS } from '@throughline/contract';
import { Lru } from '../lru.ts';
import type { Step } from './draft.ts';
import { withoutEmails } from './privacy.ts';
import { textOf, withoutControls } from './text.ts';

const cache = new Lru<string, string>(2_000);

/** The vocabulary's name for the event, or its own. */
export const putName: Step = {
  name: 'name',
  run({ row, incoming }) {
    const said = textOf(incoming.name, LIMITS.name_chars_max);
    let name = cache.get(said);
    if (name === undefined) {
      name = withoutEmails(canonicalName(withoutControls(said)));
      cache.set(said, name);
    }
    if (name === '') return { reason: 'missing_name', field: 'name' };
    row.name = name;
    return undefined;
  },
};
