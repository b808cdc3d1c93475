import { randomUUID } from 'node:crypto';
import type { Identifier } from '@throughline/contract';
import type { Store } from '../store.ts';

/** An erasure that was asked for and is not done. */
export interface OwedErasure {
  site: string;
  id: string;
  /** A customer's person id, or a stranger's visitor id. */
  person: string;
  /** Whom to resolve again afterwards. */
  visitors: string[];
  identifiers: Identifier[];
}

/** Puts on record that somebody is to be erased, before anything of theirs is deleted. */
export async function oweErasure(store: Store, owed: Omit<OwedErasure, 'id'>): Promise<OwedErasure> {
  const erasure = { ...owed, id: randomUUID() };
  await store.insert('owed_erasures', [erasure]);
  return erasure;
}

/** It is done; the record, which names the person, goes too. */
export const erasureDone = (store: Store, { site, id }: OwedErasure): Promise<void> =>
  store.run({
    sql: `ALTER TABLE owed_erasures DELETE WHERE site = {site:String} AND id = {id:String} SETTINGS mutations_sync = 2`,
    params: { site, id },
  });

/** What was never done, oldest first. */
export const owedErasures = (store: Store): Promise<OwedErasure[]> =>
  store.query<OwedErasure>({
    sql: 'SELECT site, id, person, visitors, identifiers FROM owed_erasures FINAL ORDER BY owed_at, id',
  });
