import {
  type EventMatch,
  type Filter,
  LIMITS,
  OPERATORS,
  type Operator,
  type Per,
} from '@throughline/contract';

/** A funnel as it is edited and as it stands in the address: one shape for a step, whether it has one event or several. */
export interface FunnelDraft {
  steps: StepDraft[];
  window_s: number;
  order: FunnelOrder;
  per: Per;
  /** '' for none. */
  breakdown: string;
}

export interface StepDraft {
  /** At least one; several mean any of them. */
  matches: EventMatch[];
  optional: boolean;
}

export type FunnelOrder = 'ordered' | 'strict' | 'any';

export const EMPTY_FUNNEL: FunnelDraft = {
  steps: [],
  window_s: 30 * 86_400,
  order: 'ordered',
  per: 'person',
  breakdown: '',
};

/** Short JSON with what differs from the default left in. */
export function formatFunnel(draft: FunnelDraft): string {
  const { steps, ...options } = draft;
  const changed = Object.entries(options).filter(
    ([key, value]) => value !== EMPTY_FUNNEL[key as keyof typeof options],
  );
  return JSON.stringify({
    ...Object.fromEntries(changed),
    steps: steps.map((step) => ({ any: step.matches, ...(step.optional ? { optional: true } : {}) })),
  });
}

/** Reads what `formatFunnel` wrote. An address is anybody's text: whatever does not fit is left out. */
export function parseFunnel(text: string | undefined): FunnelDraft {
  const value = parseJson(text);
  if (!isRecord(value)) return EMPTY_FUNNEL;
  const steps = Array.isArray(value['steps']) ? value['steps'] : [];
  const window = value['window_s'];
  return {
    steps: steps.flatMap(toStep).slice(0, LIMITS.funnel_steps_max),
    window_s: typeof window === 'number' && window > 0 ? window : EMPTY_FUNNEL.window_s,
    order: oneOf(value['order'], ['ordered', 'strict', 'any'] as const) ?? EMPTY_FUNNEL.order,
    per: oneOf(value['per'], ['person', 'visitor', 'session'] as const) ?? EMPTY_FUNNEL.per,
    breakdown: typeof value['breakdown'] === 'string' ? value['breakdown'] : '',
  };
}

function toStep(value: unknown): StepDraft[] {
  if (!isRecord(value) || !Array.isArray(value['any'])) return [];
  const matches = value['any'].flatMap(toMatch);
  return matches.length === 0 ? [] : [{ matches, optional: value['optional'] === true }];
}

function toMatch(value: unknown): EventMatch[] {
  if (!isRecord(value) || typeof value['event'] !== 'string') return [];
  const where = Array.isArray(value['where']) ? value['where'].flatMap(toFilter) : [];
  return [{ event: value['event'], ...(where.length > 0 ? { where } : {}) }];
}

function toFilter(value: unknown): Filter[] {
  if (!isRecord(value) || typeof value['property'] !== 'string') return [];
  const op = oneOf<Operator>(value['op'], OPERATORS);
  if (op === undefined) return [];
  const operand = value['value'];
  const fits =
    Array.isArray(operand) && operand.every((item) => typeof item === 'string' || typeof item === 'number');
  if (fits) return [{ property: value['property'], op, value: operand as (string | number)[] }];
  if (typeof operand === 'string' || typeof operand === 'number' || typeof operand === 'boolean')
    return [{ property: value['property'], op, value: operand }];
  return [{ property: value['property'], op }];
}

function parseJson(text: string | undefined): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A link that was cut short while it was passed on: the page then begins with an empty funnel.
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined =>
  allowed.find((item) => item === value);
