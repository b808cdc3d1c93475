import type { Store } from '@throughline/store';

/** How many rows the engine reads from tables while `work` is done; nothing else may be asked meanwhile. */
export async function rowsReadBy(store: Store, work: () => Promise<unknown>): Promise<number> {
  const counter = async () => {
    const sql = `SELECT toUInt32(sum(value)) AS rows FROM system.events WHERE event = 'SelectedRows'`;
    return (await store.query<{ rows: number }>({ sql }))[0]!.rows;
  };
  const before = await counter();
  await work();
  return (await counter()) - before;
}
