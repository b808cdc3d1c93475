import type { IdentityRules } from '@throughline/contract';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * How far back, in milliseconds, an identify claims what its visitor did before, by who was ever identified on the visitor
 * by more than a purchase: nothing on a public one, further where there is one customer alone.
 */
export function lookBackMs(people: Iterable<unknown>, rules: IdentityRules): number {
  const customers = new Set(people).size;
  if (customers > rules.visitor_customers_max) return 0;
  return (customers > 1 ? rules.look_back_days : rules.look_back_alone_days) * DAY_MS;
}
