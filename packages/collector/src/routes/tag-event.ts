import { ADDRESS_CHARS_MAX } from '../steps/incoming.ts';
import { AMOUNT_KEYS } from '../steps/money.ts';
import { plainPrice } from '../steps/price-text.ts';
import { pageOf } from '../steps/privacy.ts';
import { type Fields, fieldsOf, own, textOf } from '../steps/text.ts';
import { accountAct, FORM_TAKEN, formName, leftForm } from './tag-form.ts';
import { statusOf, vitalsOf } from './vitals.ts';

/** Above these a page is "poor": https://web.dev/articles/vitals */
const POOR = { lcp_ms: 4_000, inp_ms: 500, cls: 0.25 };
/** From here on a page was not there, or not for this visitor. */
const MISSING_STATUS = 400;
/** Nobody looks at a page for longer without a word of it; a machine that slept with the page in sight does. */
const VISIBLE_MS_MAX = 30 * 60_000;
const FILE = /\.(pdf|zip|doc|xls)x?$/i;

/** What the tag sees on a page and in forms, by the name of what it hears of it; `engaged`, `started` and `abandoned` are older tags'. */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  page: {
    scroll: 'page_engaged',
    engaged: 'page_engaged',
    link: 'link_clicked',
    rage: 'rage_click',
    error: 'error_seen',
  },
  form: {
    input: 'form_started',
    submit: 'form_submitted',
    pagehide: 'form_abandoned',
    started: 'form_started',
    abandoned: 'form_abandoned',
  },
};

/** The name of an event, written out. */
function longName(event: Fields): unknown {
  const name = own(event, 'name');
  const names = NAMES[readersOf(event)[0] ?? ''];
  return typeof name === 'string' && names && Object.hasOwn(names, name) ? names[name] : name;
}

/** What the shop refused to put into the cart: friction, and no add. */
const CART_REFUSED = 'cart_refused';

/** Who saw the event, the first of whom named it: `cart,datalayer`. */
function readersOf(event: Fields): string[] {
  const reader = own(event, 'reader');
  return typeof reader === 'string' ? reader.split(',') : [];
}

/** What the tag leaves to the collector, so that shops' visitors need not load it: the names of some of what it sees. */
export function nameOf(event: Fields, properties: Fields | undefined): unknown {
  const name = longName(event);
  if (name === 'identify' && own(fieldsOf(own(event, 'identity')) ?? {}, 'previous_id') !== undefined)
    return 'alias';
  if (!properties) return name;
  const [first, ...others] = readersOf(event);
  if ([first, ...others].includes('cart') && own(properties, 'refused') === true) return CART_REFUSED;
  if (first === 'form') {
    if (name === 'form_abandoned') return leftForm(textOf(own(properties, 'form'), ADDRESS_CHARS_MAX));
    const act = accountAct(name, properties);
    // Somebody else says that it was a sign-up or a log-in.
    return act === FORM_TAKEN && others.length > 0 ? name : act;
  }
  if (first !== 'page') return name;
  if (name === 'page_engaged') {
    const measured = ofEngagement(event, properties);
    return Object.entries(POOR).some(([vital, most]) => Number(own(measured, vital)) > most)
      ? 'page_slow'
      : name;
  }
  return name === 'link_clicked' && FILE.test(pageOf(own(properties, 'href')).path) ? 'file_clicked' : name;
}

/** Who it is, as the event says. A form that turns out to be neither sign-up nor log-in says nothing of it. */
export function identityOf(event: Fields, properties: Fields | undefined): Fields | undefined {
  const [first] = readersOf(event);
  return first === 'form' && nameOf(event, properties) === FORM_TAKEN
    ? undefined
    : fieldsOf(own(event, 'identity'));
}

/** Above this a number is a moment, and no time in sight. */
const MOMENT_MS_MIN = 1e11;

/**
 * The measures of a page's stay, which the tag sends as a list: since when it was in sight, which part of it was seen, and what the
 * browser has measured. Older builds tell the time in sight, the part in hundredths, and the vitals themselves.
 */
function ofEngagement(event: Fields, properties: Fields): Fields {
  const { is, ...others } = properties;
  if (!Array.isArray(is)) return withStay(others);
  const [stay, scrolled, first, inp_ms, cls] = is;
  const vitals = Array.isArray(first) ? vitalsOf(first) : { lcp_ms: first, inp_ms, cls };
  const at = own(event, 'at');
  const told =
    typeof stay === 'number' && stay > MOMENT_MS_MIN && typeof at === 'number'
      ? { visible_ms: Math.max(0, at - stay), scroll_percent: percent(scrolled) }
      : { visible_ms: stay, scroll_percent: scrolled };
  return withStay({ ...others, ...told, ...vitals });
}

/** A page that is drawn out of its bounds, as phones do at its end, is seen to its end. */
const percent = (part: unknown): unknown =>
  typeof part === 'number' ? Math.min(100, Math.floor(part * 100)) : undefined;

function withStay(measured: Fields): Fields {
  const visible_ms = own(measured, 'visible_ms');
  return typeof visible_ms === 'number'
    ? { ...measured, visible_ms: Math.min(visible_ms, VISIBLE_MS_MAX) }
    : measured;
}

/** `tlProductId`, and `product-id` of older tags, as `product_id`. */
const attributeName = (name: string): string =>
  name
    .replace(/^tl(?=[A-Z])/, '')
    .replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? '_' : '') + letter.toLowerCase())
    .replaceAll('-', '_');

/** Of data-tl-event and its siblings: the first is the event's name already. */
function ofAttributes(properties: Fields): Fields {
  const { event: _event, tlEvent: _name, ...others } = properties;
  return withPlainPrices(
    Object.fromEntries(Object.entries(others).map(([name, value]) => [attributeName(name), value])),
  );
}

/** The same of an event that others saw as well, who have names of their own: what the attributes say goes before. */
function withAttributes(properties: Fields): Fields {
  const isOurs = ([name]: [string, unknown]) => /^tl[A-Z]/.test(name);
  const entries = Object.entries(properties);
  return {
    ...Object.fromEntries(entries.filter((entry) => !isOurs(entry))),
    ...ofAttributes(Object.fromEntries(entries.filter(isOurs))),
  };
}

const PRICES = new Set([...AMOUNT_KEYS, 'price', 'item_price', 'unit_price']);

/** Templates write prices as they show them. */
const withPlainPrices = (properties: Fields): Fields =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      typeof value === 'string' && PRICES.has(name)
        ? (plainPrice(value, own(properties, 'currency')) ?? value)
        : value,
    ]),
  );

/** What shop platforms call the parts of a product in the request that adds it. */
const CART_NAMES = {
  product_id: ['product_id', 'id_product', 'product', 'add-to-cart'],
  variant_id: [
    'variation_id',
    'selected_configurable_option',
    'id_product_attribute',
    'variantId',
    'VariantId',
    'id',
  ],
  quantity: ['quantity', 'qty'],
};
/** Names that the tag takes up with them, and that nobody asks for. */
const CART_FIELD = /^[\w-]*(?:id|product|cart|ute|option|q\w*ty(?:\[\d+)?)$/i;
/** WooCommerce's grouped products: `quantity[13]`, as far as the tag reads it. */
const GROUPED = /^quantity\[(\d+)$/;
/** WooCommerce's Store API calls `id` what others call the product. */
const STORE_API = '-item';

function ofCart(properties: Fields): Fields {
  const { by, refused: _refused, ...said } = properties;
  const others: Fields = {};
  const grouped: Fields[] = [];
  for (const [name, value] of Object.entries(said)) {
    const part = GROUPED.exec(name)?.[1];
    if (part && Number(value) > 0) grouped.push({ product_id: part, quantity: value });
    if (!(typeof value === 'string' && /^\d+$/.test(value) && CART_FIELD.test(name))) others[name] = value;
  }
  if (grouped.length > 0) return { products: grouped, ...others };
  const product: Fields = {};
  for (const [part, names] of Object.entries(CART_NAMES)) {
    const found = names.map((name) => own(said, name)).find((value) => value !== undefined && value !== '0');
    for (const name of names) delete others[name];
    if (found !== undefined) product[part] = found;
  }
  if (by === STORE_API && product['product_id'] === undefined) {
    product['product_id'] = product['variant_id'];
    delete product['variant_id'];
  }
  return { ...others, ...product };
}

/** Of a form its name is kept. */
function ofForm(properties: Fields): Fields {
  const { passwords: _passwords, ...others } = properties;
  const form = own(others, 'form');
  return typeof form === 'string' ? { ...others, form: formName(form) } : others;
}

const BYTES = /^\d{1,3}(,\d{1,3}){31}$/;
/** The tag's hashes, by the names that it gives them and by their own, which older tags use. */
const HASHES = {
  e256: 'email_sha256',
  p256: 'phone_sha256',
  email_sha256: 'email_sha256',
  phone_sha256: 'phone_sha256',
};

/** The tag's hashes are bytes with commas between; everybody else's are hex. */
export function withHex(fields: Fields | undefined): Fields | undefined {
  let changed = fields;
  for (const [name, known] of Object.entries(HASHES)) {
    const value = changed && own(changed, name);
    if (typeof value !== 'string' || !BYTES.test(value)) continue;
    const { [name]: _bytes, ...others } = changed!;
    changed = { ...others, [known]: Buffer.from(value.split(',').map(Number)).toString('hex') };
  }
  return changed;
}

/** What was looked for, from the address of the page with what was found. */
function ofSearch(event: Fields): Fields {
  const query = queryIn(own(event, 'url'));
  return query ? { query } : {};
}

function queryIn(address: unknown): string | undefined {
  const { searchParams } = new URL(pageOf(address).url || 'http://none');
  return ['q', 's', 'query', 'search'].map((name) => searchParams.get(name)).find(Boolean) ?? undefined;
}

/**
 * What other events of a batch show, as events of their own a millisecond later, under ids made of theirs: the searches in the
 * addresses of pages viewed, and the pages that were not there. Only of entries written as tuples: older tags send both themselves. `named`
 * are the same entries under their names.
 */
export function shownIn(entries: readonly unknown[], named: readonly unknown[]): Fields[] {
  return entries.flatMap((entry, i) => {
    const event = Array.isArray(entry) ? fieldsOf(named[i]) : undefined;
    const at = event && own(event, 'at');
    if (!event || own(event, 'reader') !== 'page' || typeof at !== 'number') return [];
    const shown = searchIn(event) ?? missingIn(event);
    return shown ? [{ ...event, id: `${own(event, 'id')}_s`, at: at + 1, ...shown }] : [];
  });
}

function searchIn(event: Fields): Fields | undefined {
  // A page with a token of another host in its address is told once.
  if (own(event, 'name') !== 'page_viewed' || String(own(event, 'url')).includes('tlclid=')) return undefined;
  const query = queryIn(own(event, 'url'));
  // Sorted anew, or turned over: the page before found the same.
  if (query === undefined || query === queryIn(own(event, 'referrer'))) return undefined;
  return { name: 'search', properties: {} };
}

function missingIn(event: Fields): Fields | undefined {
  const is = longName(event) === 'page_engaged' && own(fieldsOf(own(event, 'properties')) ?? {}, 'is');
  const measured = Array.isArray(is) ? is[2] : undefined;
  const status = Array.isArray(measured) ? statusOf(measured) : undefined;
  return status !== undefined && status >= MISSING_STATUS
    ? { name: 'error', properties: { status }, title: undefined }
    : undefined;
}

/** Of `gtag(…)` and `dataLayer.push(…)`: without the places of its arguments, and what is Tag Manager's own. */
const ofPush = (properties: Fields): Fields =>
  Object.fromEntries(
    Object.entries(properties).filter(([name]) => !/^(\d+|event|eventCallback|gtm\..*)$/.test(name)),
  );

/** A link to somebody else's page, whose address may hold a token as any may. */
const ofLink = ({ href, ...others }: Fields): Fields => ({ ...others, href: pageOf(href).url || href });

/** An error's text without what follows the addresses in it, which may hold a token. */
function ofError({ message, ...others }: Fields): Fields {
  return typeof message === 'string'
    ? { ...others, message: message.replace(/[?#]\S+/g, '') }
    : { ...others, message };
}

/** The event's properties under the names of the vocabulary; undefined when there are none. */
export function propertiesOf(event: Fields, properties: Fields | undefined): Fields | undefined {
  const reader = own(event, 'reader');
  const name = longName(event);
  if (reader === 'page' && name === 'search') return ofSearch(event);
  if (!properties) return properties;
  if (reader === 'page' && name === 'page_engaged') return ofEngagement(event, properties);
  if (reader === 'attribute') return ofAttributes(properties);
  const readers = readersOf(event);
  let told = readers.includes('attribute') ? withAttributes(properties) : properties;
  if (readers.includes('datalayer')) told = ofPush(told);
  if (reader === 'page' && name === 'error_seen') told = ofError(told);
  if (reader === 'page' && name === 'link_clicked') told = ofLink(told);
  if (readers.includes('form')) told = ofForm(told);
  if (readers.includes('cart')) told = ofCart(told);
  return withHex(told);
}
