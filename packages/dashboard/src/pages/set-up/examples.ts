import type { Site } from '@throughline/contract';

/** The line for the shop's pages. Without the site's key in its address `/t.js` is the complete build. */
export const snippet = (origin: string, { site, settings }: Site) =>
  `<script defer src="${origin}/t.js${settings.tag === 'core' ? `?site=${site}` : ''}" data-site="${site}"></script>`;

/** What a page says beside being viewed. */
export const calls = (currency: string) =>
  `throughline('track', 'cart_added', { product_id: 'tea-12', name: 'Green tea', price: 95000, quantity: 1, currency: '${currency}' });
throughline('track', 'order_completed', { order_id: '1001', total: 285000, currency: '${currency}' });
throughline('identify', 'customer-42', { email: 'an@example.com' });
throughline('reset'); // log-out`;

/** One event from a server. The id makes a repeat count once. */
export const curl = (
  origin: string,
) => `curl ${origin}/v1/track -u "$WRITE_KEY:" -H 'content-type: application/json' -d '{
  "messageId": "order-1001-paid", "userId": "customer-42", "event": "Order Completed",
  "properties": { "order_id": "1001", "total": 450000, "currency": "VND" }
}'`;

export const sdk = (origin: string) => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: process.env.WRITE_KEY, host: '${origin}' });
analytics.track({ userId: 'customer-42', event: 'Order Completed', properties: { order_id: '1001', total: 450000 } });`;
