import { pageOf } from '../steps/privacy.ts';
import { type Fields, own } from '../steps/text.ts';

/** Above these a page is "poor": https://web.dev/articles/vitals */
const POOR = { lcp_ms: 4_000, inp_ms: 500, cls: 0.25 };
const FILE = /\.(pdf|zip|doc|xls)x?$/;

/** What the tag leaves to the collector, so that shops' visitors need not load it: the names of some of what it sees. */
export function nameOf(event: Fields, properties: Fields | undefined): unknown {
  const name = own(event, 'name');
  if (own(event, 'reader') !== 'page' || !properties) return name;
  if (name === 'page_engaged')
    return Object.entries(POOR).some(([vital, most]) => Number(own(properties, vital)) > most)
      ? 'page_slow'
      : name;
  return name === 'link_clicked' && FILE.test(pageOf(own(properties, 'href')).path) ? 'file_clicked' : name;
}

/** Of data-tl-event and its siblings: the first is the event's name already, the others are written with dashes. */
function ofAttributes(properties: Fields): Fields {
  const { event: _name, ...others } = properties;
  return Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name.replaceAll('-', '_'), value]),
  );
}

/** What shop platforms call the parts of a product in the request that adds it. */
const CART_NAMES = {
  product_id: ['product_id', 'id_product', 'product', 'add-to-cart'],
  variant_id: ['variation_id', 'variantId', 'VariantId', 'id'],
  quantity: ['quantity', 'qty'],
};

function ofCart(properties: Fields): Fields {
  const others = { ...properties };
  const product: Fields = {};
  for (const [part, names] of Object.entries(CART_NAMES)) {
    const found = names.map((name) => own(properties, name)).find((value) => value !== undefined);
    for (const name of names) delete others[name];
    if (found !== undefined) product[part] = found;
  }
  return { ...others, ...product };
}

const BYTES = /^\d{1,3}(,\d{1,3}){31}$/;

/** The tag's hashes are bytes with commas between; everybody else's are hex. */
export function withHex(fields: Fields | undefined): Fields | undefined {
  let changed = fields;
  for (const name of ['email_sha256', 'phone_sha256']) {
    const value = fields && own(fields, name);
    if (typeof value === 'string' && BYTES.test(value))
      changed = { ...changed, [name]: Buffer.from(value.split(',').map(Number)).toString('hex') };
  }
  return changed;
}

/** What was looked for, from the address of the page with what was found. */
function ofSearch(event: Fields): Fields {
  const { searchParams } = new URL(pageOf(own(event, 'url')).url || 'http://none');
  const query = ['q', 's', 'query', 'search'].map((name) => searchParams.get(name)).find(Boolean);
  return query ? { query } : {};
}

/** The event's properties under the names of the vocabulary; undefined when there are none. */
export function propertiesOf(event: Fields, properties: Fields | undefined): Fields | undefined {
  const reader = own(event, 'reader');
  if (reader === 'page' && own(event, 'name') === 'search') return ofSearch(event);
  if (!properties) return properties;
  if (reader === 'attribute') return ofAttributes(properties);
  if (typeof reader === 'string' && reader.split(',').includes('cart')) return ofCart(properties);
  return withHex(properties);
}
