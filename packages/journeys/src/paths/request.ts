import type { PathsRequest } from '@throughline/contract';
import { z } from 'zod';
import { eventMatchSchema, perSchema, rangeShape, segmentSchema, windowSchema } from '../schema.ts';

export const pathsSchema: z.ZodType<PathsRequest> = z
  .strictObject({
    ...rangeShape,
    start: eventMatchSchema.optional(),
    end: eventMatchSchema.optional(),
    depth: z.number().int().min(2).max(10).optional(),
    window_s: windowSchema.optional(),
    per: perSchema.optional(),
    nodes_per_step: z.number().int().min(1).max(50).optional(),
    segment: segmentSchema.optional(),
  })
  .refine(({ start, end }) => !(start && end), {
    params: { code: 'bad_request' },
    path: ['end'],
    message: 'Give `start` or `end`, not both.',
  });

export const DEPTH_DEFAULT = 5;
export const NODES_PER_STEP_DEFAULT = 8;
