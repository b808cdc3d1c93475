// Segment's own Node SDK, pointed at Throughline: only `host` changes.
//   WRITE_KEY=tlw_… node examples/track-api/segment-node.mjs
import { Analytics } from '@segment/analytics-node';

const writeKey = process.env.WRITE_KEY;
if (!writeKey) throw new Error('Set WRITE_KEY to a write key of your site.');
const analytics = new Analytics({ writeKey, host: process.env.BASE ?? 'http://127.0.0.1:8787' });

analytics.on('error', ({ code, reason }) => {
  console.error('not delivered:', code, reason);
  process.exitCode = 1;
});

analytics.identify({ userId: 'customer-1042', traits: { email: 'an@example.com', name: 'An' } });
analytics.track({
  userId: 'customer-1042',
  event: 'Order Completed',
  properties: { order_id: '1001', total: 285000, currency: 'VND' },
});
await analytics.closeAndFlush();
console.log('delivered');
