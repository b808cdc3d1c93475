import type { Step } from './draft.ts';

/** Last of all: tells in the row what of the event could not be kept. */
export const putCuts: Step = {
  name: 'cuts',
  run({ row, cuts }) {
    if (!cuts.none) row.properties['properties_cut'] = cuts.text();
    return undefined;
  },
};
