import type { Refusal, Step } from './draft.ts';
import type { Incoming } from './incoming.ts';

/** Whether it is a map of fields, or none. PHP writes an empty map as `[]`, which says no more than leaving it out. */
export const isMap = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'object' && (!Array.isArray(value) || value.length === 0));

const MALFORMED = (field: string): Refusal => ({ reason: 'malformed', field });

/** Refuses what is no call at all, and what could only be kept by leaving out all its properties or traits. */
export const checkShape: Step = {
  name: 'shape',
  run({ incoming }: { incoming: Incoming }) {
    if (incoming.wrong !== undefined) return MALFORMED(incoming.wrong);
    if (!isMap(incoming.properties)) return MALFORMED('properties');
    if (!isMap(incoming.traits)) return MALFORMED('traits');
    return undefined;
  },
};
