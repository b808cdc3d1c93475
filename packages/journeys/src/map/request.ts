import type { MapRequest } from '@throughline/contract';
import { z } from 'zod';
import { perSchema, rangeShape, segmentSchema } from '../schema.ts';

export const mapSchema: z.ZodType<MapRequest> = z.strictObject({
  ...rangeShape,
  per: perSchema.optional(),
  segment: segmentSchema.optional(),
});
