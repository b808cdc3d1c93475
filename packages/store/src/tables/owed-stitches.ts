import { randomUUID } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import type { Store } from '../store.ts';

/** Whom to resolve again. */
export interface OwedStitch {
  site: string;
  visitors: string[];
  identifiers: Identifier[];
  /** Everybody of the site, whatever the two lists say. */
  everybody: boolean;
}

/** A debt on record. */
export interface Debt extends OwedStitch {
  id: string;
}

/** Puts on record that these are to be resolved again, before the facts or rules change that make it so. */
export async function oweStitch(
  store: Store,
  owed: OwedStitch,
  { now = Date.now }: { now?: () => number } = {},
): Promise<Debt> {
  const debt = { ...owed, id: randomUUID() };
  await put(store, debt, { done: 0, version: now() });
  return debt;
}

/** The debt is paid: what follows from the change is stored. */
export function paidStitch(
  store: Store,
  debt: Debt,
  { now = Date.now }: { now?: () => number } = {},
): Promise<void> {
  return put(store, { ...debt, visitors: [], identifiers: [] }, { done: 1, version: now() + 1 });
}

const put = (store: Store, debt: Debt, more: { done: 0 | 1; version: number }) =>
  store.insert('owed_stitches', [{ ...debt, everybody: debt.everybody ? 1 : 0, ...more }]);

/** What was never paid, oldest first. */
export async function owedStitches(store: Store): Promise<Debt[]> {
  const sql = `
    SELECT site, id, visitors, identifiers, everybody FROM owed_stitches FINAL
    WHERE done = 0 ORDER BY version, id`;
  const rows = await store.query<Omit<Debt, 'everybody'> & { everybody: 0 | 1 }>({ sql });
  return rows.map((row) => ({ ...row, everybody: row.everybody === 1 }));
}
