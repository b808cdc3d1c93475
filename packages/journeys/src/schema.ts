import { type Filter, LIMITS, OPERATORS } from '@throughline/contract';
import { z } from 'zod';
import { propertyOf } from './property.ts';

/** Pieces of requests that several reports share. Unknown keys are refused: a typo must not widen a report. */

export const rangeShape = { from: z.string().max(40), to: z.string().max(40) };
export const rangeSchema = z.strictObject(rangeShape);

const scalar = z.union([z.string().max(LIMITS.value_chars_max), z.number(), z.boolean()]);
const list = z
  .array(z.union([z.string().max(LIMITS.value_chars_max), z.number()]))
  .min(1)
  .max(1_000);

export const filterSchema: z.ZodType<Filter> = z
  .strictObject({
    property: z.string().max(LIMITS.key_chars_max + 20),
    op: z.enum(OPERATORS),
    value: z.union([scalar, list]).optional(),
  })
  .superRefine(({ property, op, value }, context) => {
    const refuse = (code: string, path: string, message: string) =>
      context.addIssue({ code: 'custom', params: { code }, path: [path], message });
    const found = propertyOf(property);
    if (found === undefined) {
      refuse(
        'unknown_property',
        'property',
        'Not a built-in property; write `properties.<name>` for an event’s own or `traits.<name>` for the person’s.',
      );
    }
    if (op === 'exists' || op === 'not_exists') {
      if (value !== undefined) refuse('bad_value', 'value', `\`${op}\` takes no value.`);
      return;
    }
    if (value === undefined) return refuse('bad_value', 'value', `\`${op}\` needs a value.`);
    if (Array.isArray(value) !== (op === 'in' || op === 'not_in')) {
      return refuse('bad_value', 'value', '`in` and `not_in` take a list, every other operator one value.');
    }
    const values = Array.isArray(value) ? value : [value];
    if (values.includes('')) refuse('bad_value', 'value', 'For a missing value use `not_exists`.');
    const numeric =
      ['gt', 'gte', 'lt', 'lte'].includes(op) || (found?.kind === 'money' && !op.includes('contains'));
    if (numeric && !values.every(isNumeric)) {
      refuse('bad_value', 'value', `\`${op}\` on this property compares numbers; the value is not one.`);
    }
  });

export function isNumeric(value: unknown): boolean {
  return (
    typeof value === 'number' || (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)\s*$/.test(value))
  );
}

const where = z.array(filterSchema).max(LIMITS.filters_max).optional();
const event = z.string().min(1).max(LIMITS.name_chars_max);
export const eventMatchShape = { event, where };
export const eventMatchSchema = z.strictObject(eventMatchShape);

export const segmentSchema = z.strictObject({
  did: z.array(eventMatchSchema).max(LIMITS.filters_max).optional(),
  did_not: z.array(eventMatchSchema).max(LIMITS.filters_max).optional(),
  where,
});

export const perSchema = z.enum(['person', 'visitor', 'session']);
export const windowSchema = z
  .number()
  .int()
  .min(1)
  .max((LIMITS.range_days_max + 1) * 86_400);

/** Default time from the first to the last step, seconds. */
export const WINDOW_S_DEFAULT = 30 * 86_400;
