import { findEvents, type Store } from '@throughline/store';
import { describe, expect, it } from 'vitest';
import { freshCollector } from './testing/fresh-collector.ts';
import { SHOP, type Started } from './testing/start.ts';

let store: Store;
let started: Started;
freshCollector((fresh) => {
  ({ store, started } = fresh);
});

describe('the collector', () => {
  it('stores what the tag sends, and gives the anonymous visit to the customer who signs up', async () => {
    const at = Date.now() - 5_000;
    const session = `${at.toString(36)}.abc`;
    const answer = await started.post('/e', {
      site: SHOP.site,
      visitor: 'v1',
      sent_at: Date.now(),
      sessions: {
        [session]: {
          url: 'https://shop.example/?utm_source=google&utm_medium=cpc',
          referrer: 'https://www.google.com/',
        },
      },
      events: [
        {
          id: 'e1',
          name: 'page_view',
          at,
          seq: 1,
          session,
          url: 'https://shop.example/?utm_source=google&utm_medium=cpc',
          title: 'Home',
        },
        {
          id: 'e2',
          name: 'add_to_cart',
          at: at + 1_000,
          seq: 2,
          session,
          properties: { items: [{ item_id: 'P1', price: 5, quantity: 2 }] },
        },
        {
          id: 'e3',
          name: 'identify',
          at: at + 2_000,
          seq: 3,
          session,
          identity: { user_id: 'u1', traits: { email: 'An@Example.com', name: 'An' } },
        },
      ],
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect(await answer.json()).toEqual({ accepted: 3 });
    await started.collector.settled();
    const rows = await findEvents(store, SHOP.site, ['e1', 'e2', 'e3']);
    expect(rows.map(({ name, channel }) => [name, channel])).toEqual([
      ['page_viewed', 'paid_search'],
      ['cart_added', 'paid_search'],
      ['identify', 'paid_search'],
    ]);
    expect(rows[1]!['products.product_id']).toEqual(['P1']);
    const assignments = await store.query<{ visitor_id: string; spans: { rule: string }[] }>({
      sql: 'SELECT visitor_id, spans FROM assignments FINAL',
    });
    expect(assignments).toHaveLength(1);
    expect(JSON.stringify(assignments)).toContain('identified_in_session');
    expect(started.collector.waiting()).toBe(0);
    expect(await started.collector.ledger(SHOP.site)).toMatchObject({
      received: 3,
      stored: 3,
      duplicates: 0,
      waiting: 0,
    });
  });
});
