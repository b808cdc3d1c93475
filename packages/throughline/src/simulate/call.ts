import type { Happening, Session } from './happening.ts';
import { productsOf } from './trade.ts';

/** A call of Segment's specification, as its SDKs post it. https://segment.com/docs/connections/spec/common/ */
export interface Call {
  type: 'page' | 'track' | 'identify';
  messageId: string;
  anonymousId?: string;
  userId?: string;
  event?: string;
  properties?: Record<string, unknown>;
  traits?: Record<string, string>;
  context: Record<string, unknown>;
  timestamp: string;
}

export interface Writing {
  /** `https://host` of the simulated shop. */
  origin: string;
  currency: string;
}

/** Writes down what happened. */
export function callOf(happening: Happening, messageId: string, writing: Writing): Call {
  const { session, type } = happening;
  const anonymousId = session?.visitor ?? happening.visitor;
  return {
    type,
    messageId,
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...(happening.user_id === undefined ? {} : { userId: happening.user_id }),
    ...(type === 'track' ? { event: happening.name! } : {}),
    ...(type === 'identify'
      ? { traits: happening.traits ?? {} }
      : { properties: propertiesOf(happening, writing) }),
    context: session ? contextOf(happening, session, writing) : { library: { name: 'lahat-server' } },
    timestamp: new Date(happening.time).toISOString(),
  };
}

function propertiesOf(happening: Happening, { origin, currency }: Writing): Record<string, unknown> {
  const { type, page, cart, order, properties } = happening;
  if (type === 'page') return { ...pageOf(happening, origin), title: page!.title };
  return {
    ...properties,
    ...(cart ? { cart_token: cart.token } : {}),
    ...(order && MONEY.has(happening.name!) ? orderOf(order) : {}),
    ...(order ? { order_id: order.order_id } : {}),
    ...(MONEY.has(happening.name!) || happening.name === 'cart_added' ? { currency } : {}),
  };
}

const MONEY: ReadonlySet<string> = new Set(['order_completed', 'order_refunded']);

const orderOf = (order: NonNullable<Happening['order']>) => ({
  subtotal: order.subtotal,
  discount: order.discount,
  ...(order.coupon === undefined ? {} : { coupon: order.coupon }),
  shipping: order.shipping,
  tax: order.tax,
  total: order.total,
  products: productsOf(order.items),
});

const absolute = (path: string, origin: string) => (path.startsWith('/') ? `${origin}${path}` : path);

function pageOf({ page, referrer }: Happening, origin: string) {
  const url = absolute(page!.path, origin);
  const from = referrer === undefined || referrer === '' ? {} : { referrer: absolute(referrer, origin) };
  return { url, path: new URL(url).pathname, ...from };
}

function contextOf(happening: Happening, session: Session, { origin }: Writing): Record<string, unknown> {
  const { arrival } = session;
  // The collector takes the channel from the session's entry; other receivers from the page and the campaign.
  const entry = {
    url: absolute(arrival.path, origin),
    ...(arrival.referrer === '' ? {} : { referrer: arrival.referrer }),
  };
  const first = happening.page?.path === session.landing.path;
  const page = { ...pageOf(happening, origin), title: happening.page!.title };
  return {
    ip: session.ip,
    userAgent: session.userAgent,
    page: first && entry.referrer !== undefined ? { ...page, referrer: entry.referrer } : page,
    ...(first && arrival.campaign ? { campaign: arrival.campaign } : {}),
    sessionId: session.id,
    session: { entry },
  };
}
