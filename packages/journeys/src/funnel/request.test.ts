import { ProblemError } from '@throughline/contract';
import { describe, expect, it } from 'vitest';
import { testContext } from '../testing.ts';
import { runFunnel } from './funnel.ts';
import { funnelStatement } from './statement.ts';

const DAY = { from: '2026-11-01', to: '2026-11-02' };
const unread = { query: () => Promise.reject(new Error('A refused request must not be asked')) };

async function refusal(body: unknown): Promise<[number, string, string]> {
  try {
    await runFunnel(unread, testContext(), body);
  } catch (error) {
    if (error instanceof ProblemError) return [error.status, error.problem.code, error.problem.at];
    throw error;
  }
  throw new Error('The request was served');
}

describe('a funnel request', () => {
  it.each<[string, unknown, string, string]>([
    ['no body', undefined, 'bad_request', ''],
    ['a list', [], 'bad_request', ''],
    ['no steps', { ...DAY }, 'bad_request', 'steps'],
    ['an empty list of steps', { ...DAY, steps: [] }, 'bad_request', 'steps'],
    ['too many steps', { ...DAY, steps: Array(21).fill({ event: 'a' }) }, 'bad_request', 'steps'],
    ['a bad date', { from: 'soon', to: '2026-11-02', steps: [{ event: 'a' }] }, 'bad_date', 'from'],
    ['a misspelt key', { ...DAY, steps: [{ event: 'a', wher: [] }] }, 'bad_request', 'steps[0]'],
    ['a step without an event', { ...DAY, steps: [{}] }, 'bad_step', 'steps[0]'],
    [
      'an optional first step',
      { ...DAY, steps: [{ event: 'a', optional: true }] },
      'bad_step',
      'steps[0].optional',
    ],
    [
      'an unknown property',
      { ...DAY, steps: [{ event: 'a' }, { event: 'b', where: [{ property: 'pat', op: 'eq', value: 'x' }] }] },
      'unknown_property',
      'steps[1].where[0].property',
    ],
    [
      'an unknown operator',
      { ...DAY, steps: [{ event: 'a', where: [{ property: 'path', op: 'like', value: 'x' }] }] },
      'bad_request',
      'steps[0].where[0].op',
    ],
    [
      'a list for eq',
      { ...DAY, steps: [{ event: 'a', where: [{ property: 'path', op: 'eq', value: ['x'] }] }] },
      'bad_value',
      'steps[0].where[0].value',
    ],
    [
      'text compared as a number',
      { ...DAY, steps: [{ event: 'a', where: [{ property: 'total', op: 'gt', value: 'much' }] }] },
      'bad_value',
      'steps[0].where[0].value',
    ],
    [
      'a stretch of no steps',
      { ...DAY, steps: [{ event: 'a' }, { event: 'b' }], exclude: [{ event: 'x', between: [2, 1] }] },
      'bad_exclude',
      'exclude[0].between',
    ],
    [
      'a breakdown by an unknown step',
      { ...DAY, steps: [{ event: 'a' }], breakdown: { property: 'path', attribution: 'step', step: 2 } },
      'bad_breakdown',
      'breakdown.step',
    ],
    ['a window of no time', { ...DAY, steps: [{ event: 'a' }], window_s: 0 }, 'bad_request', 'window_s'],
  ])('with %s is refused with its place', async (_, body, code, at) => {
    expect(await refusal(body)).toEqual([400, code, at]);
  });

  it('puts no value of the caller into the text of the statement', () => {
    const hostile = `hostile') OR 1=1 --`;
    const filter = (property: string, op: 'eq' | 'contains' | 'in') => ({
      property,
      op,
      value: op === 'in' ? [hostile] : hostile,
    });
    const { sql, params } = funnelStatement(testContext({ site: hostile }), {
      ...DAY,
      steps: [
        {
          event: hostile,
          label: hostile,
          where: [
            filter(`properties.${hostile}`, 'eq'),
            filter(`traits.${hostile}`, 'in'),
            filter('sku', 'contains'),
          ],
        },
        { any_of: [{ event: hostile }] },
      ],
      exclude: [{ event: hostile }],
      breakdown: { property: `properties.${hostile}` },
      segment: { did: [{ event: hostile }], where: [filter('path', 'eq')] },
    });
    expect(sql).not.toContain('hostile');
    expect(JSON.stringify(params)).toContain('hostile');
  });
});
