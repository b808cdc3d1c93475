import type { CustomerEvent, CustomerSession, CustomerView } from '@throughline/contract';
import { mockPerson } from './mock-people.ts';

/** Hashes leave the API as their beginning. */
const HASH = '5f2c9a4b…';

/** One shopper over three weeks: an ad on the phone, a look at home, a sign-up, an order, and a shared tablet. */
export function mockCustomer(id: string, now: Date): CustomerView {
  const day = (days: number, minutes: number) =>
    new Date(now.getTime() - days * 86_400_000 + minutes * 60_000);
  const vase = { product_id: 'B-12', name: 'Bình gốm men lam', price: 890_000, quantity: 1 };
  const cups = { product_id: 'C-4', name: 'Bộ chén trà 6 món', price: 245_000, quantity: 2 };
  const signup = {
    event_id: 'e_signup_8c1',
    kind: 'identify',
    time: day(9, 6).toISOString(),
    identifiers: [
      { kind: 'user_id', value: 'customer-48213' },
      { kind: 'email', value: HASH },
    ],
  };
  const event = (
    time: Date,
    name: string,
    stage: string,
    more: Partial<CustomerEvent> = {},
  ): CustomerEvent => ({
    event_id: `e_${time.getTime().toString(36)}_${name}`,
    time: time.toISOString(),
    name,
    stage,
    path: '/',
    title: '',
    reader: 'page',
    source: 'tag',
    order_id: '',
    total: null,
    currency: 'VND',
    products: [],
    properties: {},
    ...more,
  });
  const session = (start: Date, minutes: number, more: Partial<CustomerSession>): CustomerSession => ({
    session_id: `s_${start.getTime().toString(36)}`,
    visitor_id: 'v_phone',
    started_at: start.toISOString(),
    ended_at: new Date(start.getTime() + minutes * 60_000).toISOString(),
    channel: 'direct',
    campaign: '',
    device: 'mobile',
    browser: 'Safari',
    os: 'iOS',
    country: 'VN',
    why: { rule: 'identified_in_session', since: signup.time, evidence: signup },
    events: [],
    ...more,
  });
  return {
    ...mockPerson(0, now),
    id,
    revenue: 1_380_000,
    orders: 1,
    sessions: 3,
    visitors: 2,
    events: 12,
    identifiers: [
      {
        kind: 'user_id',
        value: 'customer-48213',
        first_seen: signup.time,
        last_seen: day(2, 0).toISOString(),
      },
      { kind: 'email', value: HASH, first_seen: signup.time, last_seen: day(2, 0).toISOString() },
      ...[5, 4, 3, 2, 1].map((days) => ({
        kind: 'order_id',
        value: `MY-1048${days}`,
        first_seen: day(days, 0).toISOString(),
        last_seen: day(days, 0).toISOString(),
      })),
    ],
    traits: { name: 'Nguyễn Thu Hà', city: 'Đà Nẵng', email: 'thuha@shop.example' },
    sessions_list: [
      session(day(2, 0), 4, {
        visitor_id: 'v_laptop',
        device: 'desktop',
        browser: 'Chrome',
        os: 'Windows',
        why: {
          rule: 'identified_before',
          since: day(6, 30).toISOString(),
          evidence: {
            ...signup,
            event_id: 'e_login_2',
            time: day(6, 0).toISOString(),
            identifiers: [{ kind: 'email', value: HASH }],
          },
          chain: [signup],
        },
        events: [
          event(day(2, 0), 'page_viewed', 'explore', { title: 'Đơn hàng của tôi', path: '/tai-khoan' }),
          event(day(2, 3), 'survey_answered', 'return', {
            properties: { score: '9', link: 'https://shop.example/survey', odd: 'javascript:alert(1)' },
          }),
        ],
      }),
      session(day(9, 0), 14, {
        channel: 'email',
        campaign: 'Thư chào tháng 11',
        events: [
          event(day(9, 0), 'email_clicked', 'aware', { source: 'pixel', reader: 'pixel' }),
          event(day(9, 2), 'product_viewed', 'consider', {
            title: 'Bình gốm men lam',
            path: '/binh-gom-men-lam',
            products: [vase],
          }),
          event(day(9, 4), 'cart_added', 'cart', {
            reader: 'datalayer',
            path: '/binh-gom-men-lam',
            products: [vase],
          }),
          event(day(9, 6), 'signup_completed', 'consider', { reader: 'form', path: '/dang-ky' }),
          event(day(9, 8), 'checkout_started', 'checkout', { reader: 'datalayer', path: '/thanh-toan' }),
          event(day(9, 9), 'error_seen', '', {
            path: '/thanh-toan',
            properties: { message: '<b>Card declined</b>' },
          }),
          event(day(9, 12), 'order_completed', 'purchase', {
            reader: 'datalayer',
            path: '/cam-on',
            order_id: 'MY-10482',
            total: 1_380_000,
            products: [vase, cups],
          }),
        ],
      }),
      session(day(21, 0), 3, {
        channel: 'paid_social',
        campaign: 'Gốm cho nhà mới',
        why: { rule: 'identified_later', evidence: signup },
        events: [
          event(day(21, 0), 'page_viewed', 'explore', { title: 'Mây Ceramics', path: '/' }),
          event(day(21, 1), 'list_viewed', 'explore', { title: 'Bình hoa', path: '/binh-hoa' }),
          event(day(21, 2), 'rage_click', '', { path: '/binh-hoa' }),
        ],
      }),
    ],
  };
}
