import type { OverviewRequest } from '@throughline/contract';
import { z } from 'zod';
import { rangeShape, segmentSchema } from '../schema.ts';

export const overviewSchema: z.ZodType<OverviewRequest> = z.strictObject({
  ...rangeShape,
  segment: segmentSchema.optional(),
});
