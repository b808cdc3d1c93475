import { describe, expect, it } from 'vitest';
import { EMPTY_FUNNEL, type FunnelDraft } from './funnel.ts';
import { funnelRequest } from './funnel-request.ts';

const RANGE = { from: '2026-10-01', to: '2026-11-01' };
const step = (...events: string[]) => ({ matches: events.map((event) => ({ event })), optional: false });

describe('the request of a funnel', () => {
  it('is not there before there are two steps', () => {
    expect(funnelRequest({ ...EMPTY_FUNNEL, steps: [step('cart_added')] }, RANGE)).toBeUndefined();
  });

  it('names one event of a step, or any of several', () => {
    const draft: FunnelDraft = {
      ...EMPTY_FUNNEL,
      steps: [step('search', 'list_viewed'), { ...step('order_completed'), optional: true }],
      breakdown: 'device',
    };
    expect(funnelRequest(draft, RANGE)).toEqual({
      ...RANGE,
      steps: [
        { any_of: [{ event: 'search' }, { event: 'list_viewed' }] },
        { event: 'order_completed', optional: true },
      ],
      window_s: 2_592_000,
      order: 'ordered',
      per: 'person',
      breakdown: { property: 'device' },
    });
  });

  it('leaves out a filter that has no value yet, and keeps one that needs none', () => {
    const where = [
      { property: 'channel', op: 'eq' as const, value: '' },
      { property: 'campaign', op: 'in' as const, value: [] },
      { property: 'total', op: 'exists' as const },
    ];
    const draft: FunnelDraft = {
      ...EMPTY_FUNNEL,
      steps: [{ matches: [{ event: 'cart_added', where }], optional: false }, step('order_completed')],
    };
    expect(funnelRequest(draft, RANGE)?.steps[0]).toEqual({
      event: 'cart_added',
      where: [{ property: 'total', op: 'exists' }],
    });
  });
});
