import { createHash } from 'node:crypto';
import { named } from '@throughline/contract';
import { expect, it } from 'vitest';
import { identityOf, nameOf, propertiesOf, shownIn, withHex } from './tag-event.ts';

it.each([
  ['page_engaged', { lcp_ms: 4_000, inp_ms: 500, cls: 0.25 }, 'page_engaged'],
  ['page_engaged', { lcp_ms: 4_001 }, 'page_slow'],
  ['page_engaged', { inp_ms: 501 }, 'page_slow'],
  ['page_engaged', { cls: 0.26 }, 'page_slow'],
  ['link_clicked', { href: 'https://shop.example/a.pdf?x=1' }, 'file_clicked'],
  ['link_clicked', { href: 'https://shop.example/a.html' }, 'link_clicked'],
])('calls %s with %j %s', (name, properties, expected) => {
  expect(nameOf({ name, reader: 'page' }, properties)).toBe(expected);
  expect(nameOf({ name, reader: 'api' }, properties)).toBe(name);
});

it('calls alias what names another id', () => {
  const identity = { user_id: 'b', traits: {}, previous_id: 'a' };
  expect(nameOf({ name: 'identify', reader: 'api', identity }, {})).toBe('alias');
});

it('writes attributes with underscores, and leaves out the name among them', () => {
  const event = { name: 'cart_added', reader: 'attribute' };
  expect(
    propertiesOf(event, { tlEvent: 'cart_added', tlProductId: '42', tlVariant_id: '7', tlName: 'Tea' }),
  ).toEqual({ product_id: '42', variant_id: '7', name: 'Tea' });
  expect(propertiesOf(event, { event: 'cart_added', 'product-id': '42' })).toEqual({ product_id: '42' });
});

it.each([
  [
    'Shopify',
    { id: '44', quantity: '2', product_id: '8' },
    { variant_id: '44', quantity: '2', product_id: '8' },
  ],
  [
    'WooCommerce',
    { 'add-to-cart': '12', qty: '3', variation_id: '13', id: '9' },
    { product_id: '12', quantity: '3', variant_id: '13' },
  ],
  ['PrestaShop', { id_product: '7' }, { product_id: '7' }],
  [
    'PrestaShop’s combinations',
    { id_product: '7', id_product_attribute: '24' },
    { product_id: '7', variant_id: '24' },
  ],
  [
    'Magento’s configurable products',
    { product: '67', selected_configurable_option: '52', super_attribute: '93', qty: '1' },
    { product_id: '67', variant_id: '52', quantity: '1' },
  ],
  ['WooCommerce’s Store API', { by: '-item', id: '12', quantity: '1' }, { product_id: '12', quantity: '1' }],
  [
    'WooCommerce’s variations',
    { by: '-to-cart', 'add-to-cart': '12', product_id: '12', variation_id: '34', quantity: '1' },
    { product_id: '12', variant_id: '34', quantity: '1' },
  ],
  [
    'WooCommerce’s grouped products',
    { 'add-to-cart': '9', 'quantity[13': '2', 'quantity[14': '0', 'quantity[15': '1' },
    {
      products: [
        { product_id: '13', quantity: '2' },
        { product_id: '15', quantity: '1' },
      ],
    },
  ],
])('knows what %s calls the parts of a product', (_platform, properties, expected) => {
  expect(propertiesOf({ name: 'cart_added', reader: 'cart,datalayer' }, properties)).toEqual(expected);
});

it('keeps what another reader knows of an add, and drops the numbers that nobody asks for', () => {
  const event = { name: 'cart_added', reader: 'cart,datalayer' };
  const items = [{ item_id: '12', price: 9.5 }];
  expect(
    propertiesOf(event, {
      by: undefined,
      refused: false,
      id: '44',
      customer_id: '7',
      currency: 'EUR',
      items,
    }),
  ).toEqual({ variant_id: '44', currency: 'EUR', items });
});

it('calls an add that the shop refused cart_refused, whoever saw it first', () => {
  expect(nameOf({ name: 'cart_added', reader: 'cart' }, { refused: true })).toBe('cart_refused');
  expect(nameOf({ name: 'add_to_cart', reader: 'datalayer,cart' }, { refused: true })).toBe('cart_refused');
  expect(nameOf({ name: 'cart_added', reader: 'cart' }, { refused: false })).toBe('cart_added');
  expect(nameOf({ name: 'cart_added', reader: 'api' }, { refused: true })).toBe('cart_added');
});

it('reads a list of measures, and takes no stay for longer than half an hour', () => {
  const event = { name: 'page_engaged', reader: 'page' };
  expect(propertiesOf(event, { is: [9_000_000, 80, 1200, 96, 0.01] })).toEqual({
    visible_ms: 1_800_000,
    scroll_percent: 80,
    lcp_ms: 1200,
    inp_ms: 96,
    cls: 0.01,
  });
  expect(nameOf(event, { is: [10, 80, 4001, 0, 0] })).toBe('page_slow');
  expect(
    propertiesOf(event, {
      is: [
        10,
        80,
        [
          [900, 0, null, null],
          [40, 104, null, 7],
        ],
      ],
    }),
  ).toEqual({
    visible_ms: 10,
    scroll_percent: 80,
    lcp_ms: 900,
    inp_ms: 104,
    cls: 0,
  });
  expect(nameOf(event, { is: [10, 80, [[4001, 0, null, null]]] })).toBe('page_slow');
  expect(propertiesOf(event, { visible_ms: 5, cls: 0 })).toEqual({ visible_ms: 5, cls: 0 });
});

it('reads since when a page was in sight, and which part of it was seen', () => {
  const since = 1_764_000_000_000;
  const of = (at: number, scrolled: unknown) =>
    propertiesOf({ name: 'scroll', reader: 'page', at }, { is: [since, scrolled, []] });
  const none = { lcp_ms: 0, inp_ms: 0, cls: 0 };
  expect(of(since + 1200, 0.759)).toEqual({ visible_ms: 1200, scroll_percent: 75, ...none });
  // A clock that was set back, and a page pulled beyond its end.
  expect(of(since - 5, 1.02)).toEqual({ visible_ms: 0, scroll_percent: 100, ...none });
  expect(of(since, null)).toEqual({ visible_ms: 0, scroll_percent: undefined, ...none });
});

it('finds the pages of a batch that were not there in what was measured of them', () => {
  const added = ['ab', 'visitor', 'session', 3, {}, 'Title', ''];
  const engaged = (...status: unknown[]) => ({
    ...{ name: 'scroll', at: 5, r: 'page', url: 'https://shop.example/gone' },
    p: {
      is: [
        1_764_000_000_000,
        0,
        [
          [0, 81.5, null, null, null, ...status],
          [900, 0],
        ],
      ],
    },
  });
  const entries = [
    [engaged(404), ...added],
    [engaged(200), ...added],
    // A browser that tells no status.
    [engaged(), ...added],
    [engaged(null), ...added],
    [{ ...engaged(500), r: 'api' }, ...added],
    [{ ...engaged(500), name: 'link' }, ...added],
  ];
  const found = shownIn(entries, entries.map(named));
  expect(found.map(({ id, at, url }) => [id, at, url])).toEqual([['ab_s', 6, 'https://shop.example/gone']]);
  expect(nameOf(found[0]!, {})).toBe('error_seen');
  expect(propertiesOf(found[0]!, { status: 404 })).toEqual({ status: 404 });
  expect(propertiesOf({ name: 'scroll', reader: 'page', at: 5 }, engaged(404).p)).toMatchObject({
    lcp_ms: 900,
    inp_ms: 0,
  });
});

it('keeps of a form its id, and the hash of an address only of a sign-up or log-in', () => {
  const identity = { traits: { email_sha256: 'ab' } };
  const login = {
    name: 'login',
    reader: 'form',
    identity,
    properties: { form: 'customer_login,,/account/login', passwords: [['customer[password]', '', true]] },
  };
  const edit = {
    ...login,
    properties: { form: ',edit-account,', passwords: [['password_current', 'off', true]] },
  };
  expect(propertiesOf(login, login.properties)).toEqual({ form: 'customer_login' });
  expect([nameOf(login, login.properties), identityOf(login, login.properties)]).toEqual(['login', identity]);
  expect([nameOf(edit, edit.properties), identityOf(edit, edit.properties)]).toEqual([
    'form_submitted',
    undefined,
  ]);
});

it('reads what was looked for in the page’s address', () => {
  const event = { name: 'search', reader: 'page', url: 'https://shop.example/?s=tr%C3%A0%20xanh&page=2' };
  expect(propertiesOf(event, undefined)).toEqual({ query: 'trà xanh' });
});

it('finds the searches of a batch in the addresses of its pages', () => {
  const page = (url: string) => ({ name: 'page_viewed', at: 5, r: 'page', url });
  const added = ['ab', 'visitor', 'session', 3, {}, 'Title', ''];
  const entries = [
    [page('https://shop.example/?q=tea'), ...added],
    [page('https://shop.example/?q='), ...added],
    [page('https://shop.example/?q=tea&tlclid=t'), ...added],
    [{ ...page('https://shop.example/?q=tea'), name: 'engaged' }, ...added],
    { ...page('https://shop.example/?q=tea'), reader: 'page', id: 'old' },
    ['nothing'],
    null,
  ];
  const found = shownIn(entries, entries.map(named));
  expect(found.map(({ id, name, at, seq }) => [id, name, at, seq])).toEqual([['ab_s', 'search', 6, 3]]);
  expect(propertiesOf(found[0]!, {})).toEqual({ query: 'tea' });
});

it('counts a search once, however what it found is sorted and turned over', () => {
  const found = (referrer: string, url = 'https://shop.example/?q=tea&page=2') => {
    const entries = [
      [{ name: 'page_viewed', r: 'page', at: 5, url, referrer }, 'ab', 'v', 's', 3, 0, '', ''],
    ];
    return shownIn(entries, entries.map(named)).length;
  };
  expect(found('https://shop.example/?q=tea')).toBe(0);
  expect(found('https://shop.example/?q=tea&sort_by=price')).toBe(0);
  expect(found('https://shop.example/?q=coffee')).toBe(1);
  expect(found('')).toBe(1);
});

it.each([
  ['FacetFiltersForm,,/collections/all', 'form_used'],
  [',woocommerce-ordering,', 'form_used'],
  [',search-form,/search', 'form_used'],
  ['localization_form,,/localization', 'form_used'],
  [',checkout woocommerce-checkout,/checkout', 'form_abandoned'],
  ['contact,resort research,/contact', 'form_abandoned'],
])('a form %s that is left was %s', (form, name) => {
  expect(nameOf({ name: 'pagehide', reader: 'form' }, { form, passwords: [] })).toBe(name);
});

it('calls a form by its id, its class or where it goes', () => {
  const called = (form: string) => propertiesOf({ name: 'submit', reader: 'form' }, { form })?.['form'];
  expect(['a,b c,/d', ',b c,/d', ',,/d', ',,'].map(called)).toEqual(['a', 'b c', '/d', '']);
});

it('takes tokens out of the addresses of links', () => {
  const link = { name: 'link', reader: 'page' };
  expect(propertiesOf(link, { href: 'https://other.example/invite/SECRETtok1?x=1' })).toEqual({
    href: 'https://other.example/invite/[token]',
  });
});

it.each([
  ['page', 'engaged', 'page_engaged'],
  ['page', 'rage', 'rage_click'],
  ['form', 'abandoned', 'form_abandoned'],
  ['form', 'pagehide', 'form_abandoned'],
  ['form', 'input', 'form_started'],
  ['page', 'scroll', 'page_engaged'],
  ['api', 'scroll', 'scroll'],
  ['api', 'engaged', 'engaged'],
  ['page', 'toString', 'toString'],
])('by %s calls %s %s', (reader, name, expected) => {
  expect(nameOf({ name, reader }, {})).toBe(expected);
});

it('writes the tag’s hashes in hex, and leaves others alone', () => {
  const hash = createHash('sha256').update('an@mail.example').digest();
  expect(withHex({ e256: hash.join(','), p256: hash.join(','), plan: 'gold' })).toEqual({
    email_sha256: hash.toString('hex'),
    phone_sha256: hash.toString('hex'),
    plan: 'gold',
  });
  expect(withHex({ email_sha256: hash.join(','), plan: 'gold' })).toEqual({
    email_sha256: hash.toString('hex'),
    plan: 'gold',
  });
  expect(withHex({ email_sha256: hash.toString('hex'), phone_sha256: '1,2' })).toEqual({
    email_sha256: hash.toString('hex'),
    phone_sha256: '1,2',
  });
});

it('leaves out of a push what is only its form, and of an error what may hold a token', () => {
  expect(
    propertiesOf(
      { name: 'search', reader: 'datalayer' },
      { 0: 'event', event: 'search', search_term: 'green tea', 'gtm.uniqueEventId': 7 },
    ),
  ).toEqual({ search_term: 'green tea' });
  expect(
    propertiesOf(
      { name: 'error', reader: 'page' },
      { message: 'bad https://shop.example/cb#access_token=T1&x=1' },
    ),
  ).toEqual({ message: 'bad https://shop.example/cb' });
});

it('has what the attributes say of an add that the cart saw as well, with prices as they stand on the page', () => {
  const event = { name: 'cart_added', reader: 'attribute,cart' };
  const properties = {
    tlEvent: 'cart_added',
    tlProductId: 'SKU-1',
    tlName: 'Tea',
    tlPrice: '95.000₫',
    tlCurrency: 'VND',
    id: '9',
    quantity: '2',
  };
  expect(propertiesOf(event, properties)).toEqual({
    product_id: 'SKU-1',
    variant_id: '9',
    name: 'Tea',
    price: '95000',
    currency: 'VND',
    quantity: '2',
  });
});
