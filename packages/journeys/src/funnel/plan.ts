import type { EventMatch, FunnelRequest, Per } from '@throughline/contract';
import { WINDOW_S_DEFAULT } from '../schema.ts';
import { overlapsOf } from './overlap.ts';

/** A funnel with its defaults written out. Steps count from 1; bit `k - 1` of a mask stands for step `k`. */
export interface FunnelPlan {
  steps: PlanStep[];
  window_ms: number;
  order: 'ordered' | 'strict' | 'any';
  per: Per;
  excludes: { match: EventMatch; first: number; last: number }[];
  breakdown?: { property: string; attribution: 'first' | 'last' | 'step'; step: number };
  /** Sets of steps (masks) of which one event could fill several: what decides whether tied events suffice. */
  overlaps: number[];
}

export interface PlanStep {
  matches: EventMatch[];
  optional: boolean;
  label: string;
  /** The nearest required step before; 0 for the first. */
  previous: number;
}

/** Bits of a mask below this one are steps, those from it on are excluded events. */
export const EXCLUDE_BIT = 20;

export function planOf(request: FunnelRequest): FunnelPlan {
  let required = 0;
  const steps = request.steps.map((step, index): PlanStep => {
    const matches = step.any_of ?? [{ event: step.event!, where: step.where ?? [] }];
    const previous = required;
    if (!step.optional) required = index + 1;
    const label = step.label || matches.map(({ event }) => event).join(' / ');
    return { matches, optional: step.optional ?? false, label, previous };
  });
  const { breakdown } = request;
  return {
    steps,
    window_ms: (request.window_s ?? WINDOW_S_DEFAULT) * 1000,
    order: request.order ?? 'ordered',
    per: request.per ?? 'person',
    excludes: (request.exclude ?? []).map(({ event, where, between }) => ({
      match: { event, where: where ?? [] },
      first: between?.[0] ?? 1,
      last: between?.[1] ?? steps.length,
    })),
    ...(breakdown && {
      breakdown: {
        property: breakdown.property,
        attribution: breakdown.attribution ?? 'first',
        step: breakdown.step ?? 0,
      },
    }),
    overlaps: overlapsOf(steps.map(({ matches }) => matches)),
  };
}

/** Bits of the steps that an event has to bring in to go from step `from` to step `to`: `to` and the required between. */
export function need(plan: FunnelPlan, from: number, to: number): number {
  let bits = 1 << (to - 1);
  for (let step = from + 1; step < to; step++) {
    if (!plan.steps[step - 1]!.optional) bits |= 1 << (step - 1);
  }
  return bits;
}

export function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
