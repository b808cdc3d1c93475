// Tills, tablets and shared addresses: what many customers have in common.
import { describe, expect, test } from 'vitest';
import { email, link, order, phone, told, user } from './fixture.ts';

describe('a visitor that many are identified on', () => {
  const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00`;
  const visits = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      link(`${index}`, at(8 + index), { visitor_id: 'till', names: [user(`u${index}`)] }),
    );

  test('is a family’s up to six: what lies between belongs to the one before', () => {
    expect(told(visits(6)).ownerOn('till', '2026-03-01T08:45')).toBe('u0');
    expect(told(visits(6)).ownerOn('till', '2026-02-20T08:00')).toBe('u0');
  });

  test('is public beyond: only each session is its customer’s', () => {
    const { ownerOn } = told(visits(7));
    expect(ownerOn('till', '2026-03-01T09:10')).toBe('u1');
    expect(ownerOn('till', '2026-03-01T09:45')).toBe('nobody');
    expect(ownerOn('till', '2026-02-20T08:00')).toBe('nobody');
  });

  test('is public beyond: without sessions the event itself is the customer’s, and a bare purchase nobody’s', () => {
    const till = { visitor_id: 'till', session_id: '' };
    const told7 = told([
      ...visits(7).map((one) => ({ ...one, ...till })),
      link('p', '2026-03-01T09:01', { ...till, names: [order('77')] }),
    ]);
    expect(told7.ownerOn('till', '2026-03-01T09:00')).toBe('u1');
    expect(told7.ownerOn('till', '2026-03-01T09:01')).toBe('77');
    expect(told7.ownerOn('till', '2026-03-01T09:02')).toBe('nobody');
    expect(told7.names).toContainEqual(['77']);
  });

  test('of another limit is public by that', () => {
    expect(told(visits(2), { visitor_customers_max: 1 }).ownerOn('till', '2026-03-01T08:45')).toBe('nobody');
  });
});

describe('a hub', () => {
  const shared = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      link(`${index}`, '2026-03-01T10:00', {
        visitor_id: `v${index}`,
        names: [user(`u${index}`), email('info@')],
      }),
    );
  const guest = link('g', '2026-03-02T10:00', { visitor_id: 'guest', names: [email('info@')] });

  test('joins up to its limit of customers and nobody beyond', () => {
    expect(told([...shared(3), guest]).ownerOn('guest', '2026-03-02T10:00')).toBe('u0');
    expect(told([...shared(4), guest]).ownerOn('guest', '2026-03-02T10:00')).toBe('info@');
  });

  test('is also the one address a marketplace gives for all its buyers, though none has an account', () => {
    const buyers = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        link(`${index}`, '2026-03-01T10:00', { visitor_id: '', names: [email('shop@'), phone(`p${index}`)] }),
      );
    expect(told(buyers(30)).customers).toHaveLength(1);
    expect(told(buyers(31)).customers).toHaveLength(31);
  });

  test('of 10,000 customers leaves each of them a person of its own', () => {
    expect(told([...shared(10_000), guest]).customers).toHaveLength(10_001);
  });
});
