import { OPERATORS } from '@throughline/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_FUNNEL, type FunnelDraft, formatFunnel, parseFunnel } from './funnel.ts';

const filter = fc.record(
  {
    property: fc.string(),
    op: fc.constantFrom(...OPERATORS),
    value: fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string())),
  },
  { requiredKeys: ['property', 'op'] },
);
const match = fc.record(
  { event: fc.string(), where: fc.array(filter, { minLength: 1, maxLength: 3 }) },
  { requiredKeys: ['event'] },
);
const draft: fc.Arbitrary<FunnelDraft> = fc.record({
  steps: fc.array(
    fc.record({ matches: fc.array(match, { minLength: 1, maxLength: 3 }), optional: fc.boolean() }),
    { maxLength: 20 },
  ),
  window_s: fc.integer({ min: 1, max: 10_000_000 }),
  order: fc.constantFrom('ordered', 'strict', 'any'),
  per: fc.constantFrom('person', 'visitor', 'session'),
  breakdown: fc.string(),
});

describe('a funnel in the address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(draft, (given) => {
        expect(parseFunnel(formatFunnel(given))).toEqual(given);
      }),
    );
  });

  it('survives being any text at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseFunnel(text);
        expect(parseFunnel(formatFunnel(parsed))).toEqual(parsed);
      }),
    );
  });

  it('is empty when the link was cut short', () => {
    const text = formatFunnel({
      ...EMPTY_FUNNEL,
      steps: [{ matches: [{ event: 'cart_added' }], optional: false }],
    });
    expect(parseFunnel(text.slice(0, -3))).toEqual(EMPTY_FUNNEL);
  });

  it('leaves out steps and filters that are none', () => {
    const text = JSON.stringify({
      steps: [
        { any: [{ event: 'cart_added', where: [{ property: 'channel', op: 'drop table' }] }] },
        { any: [] },
        7,
      ],
    });
    expect(parseFunnel(text).steps).toEqual([{ matches: [{ event: 'cart_added' }], optional: false }]);
  });
});
