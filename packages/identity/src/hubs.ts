import type { IdentifierKind, IdentityRules } from '@throughline/contract';
import type { Fact } from './fact.ts';

/**
 * Nobody has as many phones or mailboxes as this times `max_customers`, while a marketplace that passes one
 * address on for all its buyers, or a till that sends its own, soon does. Givers of presents stay well below.
 */
const CROWD = 10;

export interface HubQuestions {
  itemsOf(fact: Fact): readonly number[];
  kindOf(item: number): IdentifierKind;
  /** One number for the user_ids that aliases and joins made one customer. */
  customerOf(userId: number): number;
}

/**
 * The identifiers shared by too many to say who somebody is: seen in identifies beside more customers (user_ids) than
 * their kind's `max_customers`, or beside ten times as many e-mails or phones.
 */
export function hubsAmong(
  identified: readonly Fact[],
  rules: IdentityRules,
  { itemsOf, kindOf, customerOf }: HubQuestions,
): Set<number> {
  const beside: Record<'user_id' | 'email' | 'phone', Map<number, Set<number>>> = {
    user_id: new Map(),
    email: new Map(),
    phone: new Map(),
  };
  for (const fact of identified) {
    const items = itemsOf(fact);
    for (const other of items) {
      const kind = kindOf(other);
      if (kind !== 'user_id' && kind !== 'email' && kind !== 'phone') continue;
      const value = kind === 'user_id' ? customerOf(other) : other;
      for (const item of items) {
        if (kindOf(item) === kind || kindOf(item) === 'user_id') continue;
        const seen = beside[kind].get(item) ?? new Set();
        beside[kind].set(item, seen.add(value));
      }
    }
  }
  const hubs = new Set<number>();
  for (const [kind, seen] of Object.entries(beside)) {
    for (const [item, values] of seen) {
      const most = rules.kinds[kindOf(item)]!.max_customers * (kind === 'user_id' ? 1 : CROWD);
      if (values.size > most) hubs.add(item);
    }
  }
  return hubs;
}
