import { describe, expect, test } from 'vitest';
import { link, order, told, user } from './fixture.ts';

/** An operator said on 10 March that the visit of these minutes is nobody's. */
const disown = (from: string, to: string, more = {}) =>
  link('mend-1', '2026-03-10T12:00', {
    kind: 'disown',
    session: from,
    target: `${to}:00.000Z`,
    source: 'operator',
    ...more,
  });

describe('a visit that an operator took away', () => {
  const ann = link('1', '2026-03-01T10:05', { session: '2026-03-01T10:00', names: [user('ann')] });
  const visit = disown('2026-03-05T20:00', '2026-03-05T20:30');
  const { ownerOn, ruleOn } = told([ann, visit]);

  test.each([
    ['2026-03-05T19:59', 'ann', 'identified_before'],
    ['2026-03-05T20:00', 'nobody', 'disowned'],
    ['2026-03-05T20:30', 'nobody', 'disowned'],
    ['2026-03-05T20:31', 'ann', 'identified_before'],
  ])('is nobody’s, and what is around it stays: at %s %s, %s', (at, owner, rule) => {
    expect([ownerOn('phone-1', at), ruleOn('phone-1', at)]).toEqual([owner, rule]);
  });

  test('is given back by taking that back', () => {
    const cut = link('mend-2', '2026-03-11T12:00', { kind: 'cut', visitor_id: '', target: 'mend-1' });
    expect(told([ann, visit, cut]).ownerOn('phone-1', '2026-03-05T20:10')).toBe('ann');
  });

  test('takes its purchase along, which is nobody’s too', () => {
    const purchase = link('2', '2026-03-05T20:10', { session: '2026-03-05T20:00', names: [order('77')] });
    expect(told([ann, purchase]).names).toEqual([['ann', '77']]);
    expect(told([ann, purchase, visit]).names).toEqual([['77'], ['ann']]);
    expect(told([ann, purchase, visit]).ownerOn('phone-1', '2026-03-05T20:40')).toBe('ann');
  });

  test('whose log-out still ends the ownership of what follows', () => {
    const leaves = link('3', '2026-03-05T20:20', { session: '2026-03-05T20:00', kind: 'logout' });
    expect(told([ann, leaves, visit]).ownerOn('phone-1', '2026-03-06T08:00')).toBe('nobody');
  });

  test('before the look-back began is nobody’s as before', () => {
    const early = disown('2024-03-05T20:00', '2024-03-05T20:30');
    expect(told([ann, early]).ownerOn('phone-1', '2024-03-06T00:00')).toBe('nobody');
    expect(told([ann, early]).ownerOn('phone-1', '2026-02-01T00:00')).toBe('ann');
  });

  test('twice, by two who overlap, is nobody’s from the first to the last', () => {
    const again = disown('2026-03-05T20:20', '2026-03-05T20:50', { event_id: 'mend-3' });
    const twice = told([ann, visit, again]);
    expect(twice.ownerOn('phone-1', '2026-03-05T20:40')).toBe('nobody');
    expect(twice.ownerOn('phone-1', '2026-03-05T20:51')).toBe('ann');
  });
});
