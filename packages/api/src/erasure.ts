import type { Customer } from '@throughline/contract';
import {
  customersOf,
  erasureDone,
  type OwedErasure,
  owedErasures,
  oweErasure,
  StoreError,
} from '@throughline/store';
import { type Erased, eraseCustomer, eraseVisitor, visitorsOf } from './erase-person.ts';
import type { ApiOptions } from './options.ts';

/** What an erasure needs of the server. */
export type Eraser = Pick<ApiOptions, 'store' | 'settled' | 'delivery' | 'stitch'>;

const RETRY_MS = 5_000;

/** Erases a customer, or a stranger by visitor id. A crash on the way is made good at the next start. */
export async function erasePerson(options: Eraser, site: string, found: Customer | string): Promise<Erased> {
  const { store } = options;
  const stranger = typeof found === 'string';
  const owed = await oweErasure(store, {
    site,
    person: stranger ? found : found.person_id,
    visitors: stranger ? [found] : await visitorsOf(store, found),
    identifiers: stranger ? [] : found.identifiers,
  });
  return carryOut(options, owed, found);
}

/** `found`: undefined when nothing is left of the person but what follows from their absence. */
async function carryOut(
  { store, settled, delivery, stitch }: Eraser,
  owed: OwedErasure,
  found: Customer | string | undefined,
): Promise<Erased> {
  const { site, visitors, identifiers } = owed;
  // First what is kept to make good for a store that loses rows, or the deletion would be taken for such a loss; then
  // once more whatever was being made good just now.
  await delivery.forget(site, visitors, identifiers);
  await settled();
  const erased =
    found === undefined
      ? { events: 0, visitors, identifiers }
      : typeof found === 'string'
        ? await eraseVisitor(store, site, found)
        : await eraseCustomer(store, found);
  const all = [...new Set([...visitors, ...erased.visitors])];
  await delivery.forget(site, all, identifiers);
  await stitch(site, { visitors: all, identifiers });
  await erasureDone(store, owed);
  return { ...erased, visitors: all };
}

/** Does what is owed, one after the other. */
export async function finishErasures(options: Eraser): Promise<void> {
  for (const owed of await owedErasures(options.store)) {
    const { site, person } = owed;
    const found = person.startsWith('p_') ? (await customersOf(options.store, site, [person]))[0] : person;
    await carryOut(options, owed, found);
  }
}

/** Makes good at a start what a crash left undone, again and again while the store is away; gives what stops that. */
export function healErasures(options: Eraser & Pick<ApiOptions, 'log'>): () => void {
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;
  const heal = () =>
    finishErasures(options).catch((error: unknown) => {
      if (stopped) return;
      options.log.warn('An erasure could not be finished yet.', {
        error: error instanceof Error ? error.name : 'unknown',
      });
      if (error instanceof StoreError) retry = setTimeout(() => void heal(), RETRY_MS).unref();
    });
  void heal();
  return () => {
    stopped = true;
    clearTimeout(retry);
  };
}
