import type { PinnedBuild, Site } from '@throughline/contract';

/** Without the site's key in its address `/t.js` is the complete build. */
const address = (origin: string, { site, settings }: Site) =>
  `${origin}/t.js${settings.tag === 'core' ? `?site=${site}` : ''}`;

/** What stands on the line of a site. Where e-mail and phone are kept readable they leave so: a hash never equals a readable one. */
const attributesOf = ({ site, settings }: Site): [name: string, value: string][] => [
  ['data-site', site],
  ...(settings.plain_identifiers ? ([['data-plain', 'send']] as [string, string][]) : []),
];
const written = (site: Site) =>
  attributesOf(site)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** The line for the shop's pages. */
export const snippet = (origin: string, site: Site) =>
  `<script defer src="${address(origin, site)}"${written(site)}></script>`;

/** The same as a Custom HTML tag of Google Tag Manager, which takes the `data-` attributes off a line and reads no script newer than ES5. */
export const managedTag = (origin: string, site: Site) => `<script>
(function () {
  var tag = document.createElement('script');
  tag.src = '${address(origin, site)}';
${attributesOf(site)
  .map(([name, value]) => `  tag.setAttribute('${name}', '${value}');`)
  .join('\n')}
  document.head.appendChild(tag);
})();
</script>`;

/** The same for one build for ever, which the browser runs only when it is to the byte the one that is named. */
export const pinnedSnippet = (origin: string, site: Site, { file, integrity }: PinnedBuild) =>
  `<script defer src="${origin}/${file}" integrity="${integrity}" crossorigin${written(site)}></script>`;

/** What a shop's Content-Security-Policy must allow. */
export const policy = (origin: string) => `script-src ${origin}; connect-src ${origin}`;

/** The same for a pinned build: nothing but this file, and nothing but where events go. */
export const pinnedPolicy = (origin: string, { file }: PinnedBuild) =>
  `script-src ${origin}/${file}; connect-src ${origin}/e`;

/** A price and a total as they are usual in a currency. */
const amounts = (currency: string) =>
  currency === 'VND' ? { price: 95000, total: 285000 } : { price: 9.5, total: 28.5 };

export const attributes = (currency: string) =>
  `<button data-tl-event="cart_added" data-tl-product-id="tea-12" data-tl-price="${amounts(currency).price}" data-tl-currency="${currency}">`;

/** What a page says beside being viewed. The core build sends no e-mail address, unless the site keeps it readable. */
export const calls = ({ currency, settings }: Site, { log_out }: { log_out: string }) => {
  const { price, total } = amounts(currency);
  const traits =
    settings.tag !== 'core' || settings.plain_identifiers
      ? `{ email: 'an@example.com' }`
      : `{ plan: 'gold' }`;
  return `throughline('track', 'cart_added', { product_id: 'tea-12', name: 'Green tea', price: ${price}, quantity: 1, currency: '${currency}' });
throughline('track', 'order_completed', { order_id: '1001', total: ${total}, currency: '${currency}' });
throughline('track', 'signup_completed');
throughline('identify', 'customer-42', ${traits});
throughline('reset'); // ${log_out}`;
};

export const consentCalls = ({ removes }: { removes: string }) => `throughline('consent', 'granted');
throughline('consent', 'denied'); // ${removes}`;

/** One event from a server. The id makes a repeat count once. */
export const curl = (
  origin: string,
  currency: string,
) => `curl ${origin}/v1/track -u "$WRITE_KEY:" -H 'content-type: application/json' -d '{
  "messageId": "order-1001-paid", "userId": "customer-42", "event": "Order Completed",
  "properties": { "order_id": "1001", "total": ${amounts(currency).total}, "currency": "${currency}" }
}'`;

export const sdk = (origin: string, currency: string) => `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: process.env.WRITE_KEY, host: '${origin}' });
analytics.track({
  userId: 'customer-42', event: 'Order Completed',
  properties: { order_id: '1001', total: ${amounts(currency).total}, currency: '${currency}' },
});`;

export const webhook = (site: string) =>
  `npx throughline webhook add --site ${site} --platform shopify --secret SECRET`;
