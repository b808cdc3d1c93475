import type { RecordedShop } from './recorded-shop.ts';

/** Whose the visitor is by now; undefined for nobody's. */
export async function personOf(shop: RecordedShop, visitor_id: string): Promise<string | undefined> {
  // Stitched are events that have been loaded.
  await shop.all();
  const [found] = await shop.store.query<{ spans: { person_id: string }[] }>({
    sql: 'SELECT spans FROM assignments FINAL WHERE site = {site:String} AND visitor_id = {visitor_id:String}',
    params: { site: shop.site, visitor_id },
  });
  return found?.spans.at(-1)?.person_id;
}
