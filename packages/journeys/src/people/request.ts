import { LIMITS, type PeopleRequest } from '@throughline/contract';
import { z } from 'zod';
import { funnelSchema } from '../funnel/request.ts';
import { mapSchema } from '../map/request.ts';
import { overviewSchema } from '../overview/request.ts';
import { pathsSchema } from '../paths/request.ts';

const id = z.string().max(300);
const pair = z.strictObject({ source: id, target: id });
const flag = z.boolean().optional();

const ofSchema = z.discriminatedUnion('report', [
  z.strictObject({
    report: z.literal('funnel'),
    request: funnelSchema,
    step: z.number().int().min(1),
    state: z.enum(['reached', 'dropped']),
    breakdown_value: z.string().max(LIMITS.value_chars_max).optional(),
    stitched: flag,
  }),
  z.strictObject({
    report: z.literal('paths'),
    request: pathsSchema,
    node: id.optional(),
    link: pair.optional(),
  }),
  z.strictObject({
    report: z.literal('map'),
    request: mapSchema,
    stage: id.optional(),
    leaks: flag,
    touchpoint: id.optional(),
    move: pair.optional(),
    channel: id.optional(),
    friction: flag,
    answers: flag,
    buyers: flag,
    stitched: flag,
  }),
  z.strictObject({
    report: z.literal('overview'),
    request: overviewSchema,
    what: z.enum(['people', 'known', 'buyers']),
    channel: id.optional(),
    date: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, 'Write a day as 2026-11-22.')
      .optional(),
  }),
  z.strictObject({
    report: z.literal('everyone'),
    request: overviewSchema,
  }),
]);

export const peopleSchema: z.ZodType<PeopleRequest> = z.strictObject({
  of: ofSchema,
  search: z.string().max(LIMITS.identifier_chars_max).optional(),
  limit: z.number().int().min(1).max(LIMITS.people_page_max).optional(),
  after: z.string().max(1_000).optional(),
});

export const PEOPLE_LIMIT_DEFAULT = 50;
