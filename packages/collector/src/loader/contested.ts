import { claimKey, claimsOf, type Double, markDoubles, type Store } from '@throughline/store';
import type { Content } from './content.ts';
import { hashesBySite, type Ids } from './ids.ts';
import { FATE } from './ledger-rows.ts';

/**
 * Settles ids that another collector claimed in the same moment. Rows are stored before they are claimed, and every
 * collector reads the claims back after its own: of two, at least the one that claimed later sees both. It takes the
 * claim of the segment with the smaller name for the owner's, notes the other's row as a double for the ledger, and
 * deletes it. Both may do so: noting and deleting twice are the same as once. Gives how many rows of this very segment
 * went.
 */
export async function settleContested(
  store: Store,
  { content, ids, fates }: { content: Content; ids: Ids; fates: Uint8Array },
): Promise<number> {
  const stored: number[] = [];
  for (let event = 0; event < fates.length; event += 1) if (fates[event] === FATE.stored) stored.push(event);
  const doubles = await settled(store, hashesBySite(ids, stored));
  return doubles.filter(({ segment }) => segment === content.segment).length;
}

/** The same for ids that were claimed otherwise. `hashes`: 16 bytes an id. */
export async function settleClaims(
  store: Store,
  claims: readonly { site: string; hashes: Buffer }[],
): Promise<void> {
  await settled(
    store,
    claims.map(({ site, hashes }) => ({ site, hashes: [hashes.toString('hex')] })),
  );
}

async function settled(
  store: Store,
  asked: readonly { site: string; hashes: readonly string[] }[],
): Promise<Double[]> {
  const owners = await claimsOf(store, asked);
  const doubles = asked.flatMap(({ site, hashes }) =>
    hashes.flatMap((hash) =>
      (owners.get(claimKey(site, hash)) ?? []).slice(1).map((segment) => ({ site, hash, segment })),
    ),
  );
  if (doubles.length > 0) await markDoubles(store, doubles);
  return doubles;
}
