// Requests of a shop's scripts, and which of them are adds.
import type { ShopAnswer } from './recorded-shop.ts';

/** By `fetch`, without following a redirection (`manual`); by XMLHttpRequest, read as JSON or as text. */
export type Way = 'fetch' | 'manual' | 'json' | 'text';

/** Adds, and what the shop answers to them. */
export const ADDS: readonly [what: string, how: Way, address: string, body: string, answer: ShopAnswer][] = [
  ['whose answer sends on to another page', 'fetch', '/cart/add', 'id=44', { location: '/cart' }],
  ['whose answer is read as JSON', 'json', '/cart/add.js', 'id=44', { body: { id: 44 } }],
  [
    'with PrestaShop’s add=1 before all else',
    'fetch',
    '/panier',
    'add=1&id_product=12',
    { body: { errors: [] } },
  ],
  [
    'with PrestaShop’s add=1 in the address',
    'fetch',
    '/panier?add=1&id_product=12',
    '',
    { body: { hasError: false } },
  ],
  [
    'answered with an error that is none',
    'fetch',
    '/cart/add.js',
    'id=44',
    { body: { error: '', errors: false } },
  ],
  [
    'answered with an error in a text, for later use',
    'fetch',
    '/cart/add.js',
    'id=44',
    { body: { id: 44, sections: { drawer: '<script>{"error": "Sold out", "status": 500}</script>' } } },
  ],
  [
    'by XMLHttpRequest, answered with an error in a text, for later use',
    'text',
    '/cart/add.js',
    'id=44',
    { body: { id: 44, sections: { drawer: '<script>{"error": "Sold out"}</script>' } } },
  ],
  ['answered with a status of its own', 'fetch', '/cart/add.js', 'id=44', { body: { id: 44, status: 5 } }],
  [
    'of a theme of WooCommerce, after a field that holds JSON',
    'fetch',
    '/wp-admin/admin-ajax.php',
    `options=${encodeURIComponent('{"gift":{"wrap":1}}')}&product_id=12&action=theme_ajax_add_to_cart_variable`,
    { body: { cart_hash: 'a' } },
  ],
  ['whose redirection is not followed', 'manual', '/cart/add', 'id=44', { location: '/cart' }],
  [
    'of a batch of WooCommerce’s Store API',
    'fetch',
    '/wp-json/wc/store/v1/batch',
    JSON.stringify({
      requests: [{ method: 'POST', path: '/wc/store/v1/cart/add-item', body: { id: 12, quantity: 1 } }],
    }),
    { body: { responses: [{ status: 201, body: { errors: [] } }] } },
  ],
  [
    'whose answer tells how something else stands',
    'fetch',
    '/cart/add.js',
    'id=44',
    { body: { shipping_status: 'fast', stock_status: 'fa-truck' } },
  ],
  [
    'after which Magento goes to the cart',
    'fetch',
    '/checkout/cart/add/product/12/',
    'product=12',
    { body: { backUrl: 'https://shop.example/checkout/cart/' } },
  ],
];

/** They only tell of an add, or add something else. */
export const NONE: readonly [what: string, address: string, body: string][] = [
  ['that tells analytics of the shop’s own host of one', '/metrics?en=add_to_cart', ''],
  [
    'of monitoring, which tells of others',
    '/monitoring',
    JSON.stringify({ url: 'https://shop.example/cart/add.js' }),
  ],
  [
    'of OpenTelemetry, which tells of others',
    '/v1/traces',
    JSON.stringify({ resourceSpans: [{ url: 'https://shop.example/cart/add.js' }] }),
  ],
  [
    'of monitoring, from a page whose address is one',
    '/monitoring',
    JSON.stringify({ page: 'https://shop.example/?add-to-cart=12', at: 'https://shop.example/x?add=1' }),
  ],
  ['for something whose name begins alike', '/cart/addresses', 'id=44'],
  ['for something else that is added', '/cart/add-coupon', 'code=TEA'],
  [
    'of analytics, from a page whose address is one',
    `/g/collect?dl=${encodeURIComponent('https://shop.example/?add-to-cart=12')}`,
    '',
  ],
  [
    'of a log-in on a page whose address is one',
    '/my-account',
    `username=an&_wp_http_referer=${encodeURIComponent('/shop/?add-to-cart=12')}`,
  ],
  ['with another number to add', '/loyalty?add=12', ''],
  ['that came from one', '/products?from=add_to_cart', ''],
];

/** What a shop answers to an add that it refuses. */
export const REFUSALS: readonly [answer: ShopAnswer, how: 'fetch' | 'json'][] = [
  [{ body: { errors: ['Sold out'] } }, 'fetch'],
  [{ body: { error: 'Sold out' } }, 'fetch'],
  [{ body: { success: false, data: {} } }, 'fetch'],
  [{ status: 422, body: { message: 'Sold out' } }, 'fetch'],
  [{ body: { error: true } }, 'json'],
  [{ body: { status: 'error' } }, 'fetch'],
  [{ body: { success: 0 } }, 'fetch'],
  [{ body: { ok: false } }, 'fetch'],
  [{ body: { Success: false, Errors: null } }, 'fetch'],
  [{ body: { Status: 'Failed' } }, 'fetch'],
  [{ status: 422, body: {} }, 'json'],
  [{ body: { backUrl: 'https://shop.example/green-tea.html' } }, 'fetch'],
  [{ body: { backUrl: 'https://shop.example/green-tea.html?options=cart' } }, 'fetch'],
];
