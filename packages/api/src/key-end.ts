import { listKeys, type Store } from '@throughline/store';

interface KeyRow {
  hash: string;
  kind: string;
  site: string;
  created_at: string;
  expires_at: string;
}

/** Ends the key that a site's list shows under `id`. Gives false when there is none. */
export async function endKey(
  store: Store,
  { site, id }: { site: string; id: string },
  { now }: { now: () => number },
): Promise<boolean> {
  const listed = await listKeys(store, site, { now });
  if (!listed.some((key) => key.id === id)) return false;
  const rows = await store.query<KeyRow>({
    sql: `
      SELECT hash, kind, site, created_at, expires_at FROM keys FINAL
      WHERE site = {site:String} AND startsWith(hash, {id:String}) AND kind IN ('write', 'secret')`,
    params: { site, id },
  });
  await store.insert(
    'keys',
    rows.map((row) => ({ ...row, removed: 1, version: now() })),
  );
  return true;
}
