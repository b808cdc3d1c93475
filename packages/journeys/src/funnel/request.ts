import { type FunnelRequest, LIMITS } from '@throughline/contract';
import { z } from 'zod';
import { propertyOf } from '../property.ts';
import {
  eventMatchSchema,
  eventMatchShape,
  perSchema,
  rangeShape,
  segmentSchema,
  windowSchema,
} from '../schema.ts';

const label = z.string().max(200).optional();

const stepSchema = z
  .strictObject({
    event: eventMatchShape.event.optional(),
    where: eventMatchShape.where,
    any_of: z.array(eventMatchSchema).min(1).max(10).optional(),
    optional: z.boolean().optional(),
    label,
  })
  .refine(({ event, any_of }) => (event === undefined) !== (any_of === undefined), {
    params: { code: 'bad_step' },
    message: 'A step has either `event` or `any_of`.',
  })
  .refine(({ where, any_of }) => !(where && any_of), {
    params: { code: 'bad_step' },
    path: ['where'],
    message: 'Write the filters of `any_of` inside each of its events.',
  });

const stepNumber = z.number().int().min(1).max(LIMITS.funnel_steps_max);

/** Excluded events of one funnel. */
const EXCLUDES_MAX = 10;

export const funnelSchema: z.ZodType<FunnelRequest> = z
  .strictObject({
    ...rangeShape,
    steps: z
      .array(stepSchema)
      .min(1, 'A funnel has at least one step.')
      .max(LIMITS.funnel_steps_max, `A funnel has at most ${LIMITS.funnel_steps_max} steps.`),
    window_s: windowSchema.optional(),
    order: z.enum(['ordered', 'strict', 'any']).optional(),
    per: perSchema.optional(),
    exclude: z
      .array(z.strictObject({ ...eventMatchShape, between: z.tuple([stepNumber, stepNumber]).optional() }))
      .max(EXCLUDES_MAX)
      .optional(),
    breakdown: z
      .strictObject({
        property: z.string(),
        attribution: z.enum(['first', 'last', 'step']).optional(),
        step: stepNumber.optional(),
      })
      .optional(),
    segment: segmentSchema.optional(),
  })
  .superRefine(({ steps, exclude = [], order, breakdown }, context) => {
    const refuse = (code: string, path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', params: { code }, path, message });
    if (steps[0]?.optional) {
      refuse(
        'bad_step',
        ['steps', 0, 'optional'],
        'The first step starts the funnel and cannot be optional.',
      );
    }
    exclude.forEach(({ between }, index) => {
      if (!between) return;
      const path = ['exclude', index, 'between'];
      const [first, last] = between;
      if (order === 'any')
        refuse('bad_exclude', path, 'Steps in any order have no stretch between two of them.');
      else if (first >= last || last > steps.length) {
        refuse('bad_exclude', path, 'Give two steps of the funnel, the earlier one first.');
      } else if (steps[first - 1]?.optional || steps[last - 1]?.optional) {
        refuse('bad_exclude', path, 'A stretch begins and ends at steps that are not optional.');
      }
    });
    if (breakdown && propertyOf(breakdown.property) === undefined) {
      refuse('unknown_property', ['breakdown', 'property'], 'Not a property of events or of the person.');
    }
    if (breakdown && (breakdown.attribution === 'step') !== (breakdown.step !== undefined)) {
      refuse('bad_breakdown', ['breakdown', 'step'], '`step` goes with the attribution `step`.');
    }
    if (breakdown?.step !== undefined && breakdown.step > steps.length) {
      refuse('bad_breakdown', ['breakdown', 'step'], 'The funnel has no such step.');
    }
  });
