import type { SeenEvents, SeenView } from '@throughline/contract';

/** Name, reader, source, events, seconds ago. */
const SEEN: [string, string, SeenEvents['source'], number, number][] = [
  ['page_viewed', 'page', 'tag', 4_210, 4],
  ['cart_added', 'cart,datalayer', 'tag', 310, 95],
  ['cart_added', 'datalayer', 'tag', 22, 8_000],
  ['search', 'page', 'tag', 177, 240],
  ['product_viewed', 'datalayer', 'tag', 2_904, 12],
  ['signup_completed', 'form', 'tag', 18, 4_000],
  ['order_completed', 'shopify', 'webhook', 41, 5_400],
  ['order_completed', 'datalayer', 'tag', 39, 5_402],
  ['page_engaged', 'page', 'tag', 3_805, 20],
  ['cart_refused', 'cart', 'tag', 6, 90_000],
  ['rage_click', 'page', 'tag', 11, 100_000],
  ['', 'api', 'tag', 208, 300_000],
];

/** A busy shop, one that saw nothing, one that saw only robots. */
export function mockSeen(site: string, scale: number, now: Date): SeenView {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000).toISOString();
  const robots: SeenEvents = {
    name: 'page_viewed',
    reader: 'page',
    source: 'tag',
    robot: true,
    events: site === 'robots' ? 12 : 3_911 * scale,
    last_seen: ago(31),
  };
  const people = SEEN.map(([name, reader, source, events, seconds]) => ({
    name,
    reader,
    source,
    robot: false,
    events: events * scale,
    last_seen: ago(seconds),
  }));
  const seen = [...(scale === 0 ? [] : people), ...(robots.events > 0 ? [robots] : [])];
  return {
    days: 28,
    latest_hours: 24,
    seen: seen.sort((a, b) => (a.last_seen < b.last_seen ? 1 : -1)),
    latest: seen.slice(0, 8).map(({ name, reader, source, robot, last_seen }, index) => ({
      event_id: `e${index}`,
      name: name || 'glaze_quiz_finished',
      reader,
      source,
      robot,
      time: last_seen,
      host: source === 'tag' ? `${site}.example` : '',
      path: source === 'tag' ? `/products/a-long-name-of-a-bowl-with-a-glaze-${index}` : '',
    })),
    lost: { events: site === 'may' ? 14 : 0, since: ago(200_000) },
  };
}
