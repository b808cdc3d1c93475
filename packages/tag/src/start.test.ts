// @vitest-environment happy-dom
import type { WireBatch } from '@throughline/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Options } from './options.ts';
import { start } from './start.ts';
import { setAddress } from './testing/address.ts';
import { testHost } from './testing/host.ts';
import type { Throughline } from './throughline.ts';

let tag: Throughline | undefined;
let sent: WireBatch[];
const real = { fetch: window.fetch };

function begin(options: Partial<Options> = {}): Throughline {
  tag = start({ site: 'shop', endpoint: 'https://c.example/e', ...options }, testHost(window as never));
  return tag;
}
/** A phone shows another app: what was seen is sent at once. */
function hide() {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
const events = () => sent.flatMap((batch) => batch.events);
const say = (signals: Record<string, unknown>) => {
  for (const [name, value] of Object.entries(signals)) {
    Object.defineProperty(navigator, name, { value, configurable: true });
  }
};

describe('start', () => {
  beforeEach(() => {
    sent = [];
    setAddress(window, 'https://shop.example/');
    localStorage.clear();
    window.fetch = ((_url: string, { body }: { body: string }) => {
      sent.push(JSON.parse(body));
      return new Promise(() => {});
    }) as never;
  });
  afterEach(() => {
    tag?.stop();
    window.fetch = real.fetch;
    say({ globalPrivacyControl: undefined, doNotTrack: null });
  });

  it('sends what was seen at once when the page is hidden', () => {
    begin().track('cart_added', { product_id: '42' });
    expect(sent).toEqual([]);
    hide();
    expect(events().map(({ name, reader }) => [name, reader])).toEqual([
      ['page_viewed', 'page'],
      ['cart_added', 'api'],
    ]);
  });

  it('tells the collector of two names of one customer', () => {
    begin({ pages: 'manual' }).alias('customer-7', 'guest-9');
    hide();
    expect(events()).toMatchObject([
      { name: 'alias', identity: { user_id: 'customer-7', previous_id: 'guest-9' } },
    ]);
  });

  it('takes ids as numbers, zero included, and names nobody by an empty one', () => {
    const { identify } = begin({ pages: 'manual' });
    identify(0);
    identify(undefined, { email: 'a@b.example' });
    identify('');
    hide();
    expect(events().map(({ identity }) => identity)).toEqual([
      { user_id: '0' },
      { traits: { email: 'a@b.example' } },
    ]);
  });

  it('hands over the id under which it sends', () => {
    let told = '';
    begin().visitor((visitor_id) => {
      told = visitor_id;
    });
    hide();
    expect(told).toBe(sent[0]!.visitor);
  });

  it('leaves what a stopped tag had not sent to the next start', async () => {
    begin({ pages: 'manual' }).track('before');
    tag!.stop();
    expect(sent).toEqual([]);
    begin({ pages: 'manual' });
    await expect.poll(() => events().map(({ name }) => name)).toEqual(['before']);
  });

  it.each([{ globalPrivacyControl: true }, { doNotTrack: '1' }])(
    'does nothing under %j, and removes what was there',
    (signals) => {
      localStorage.setItem('tl_v', 'earlier');
      localStorage.setItem('tl_s', '{}');
      localStorage.setItem('tl_q_shop_x', '{}');
      localStorage.setItem('tl_theme', 'the shop’s own');
      say(signals);
      const { track, visitor, stop } = begin();
      track('no');
      visitor(() => expect.unreachable());
      hide();
      stop();
      expect(sent).toEqual([]);
      expect({ ...localStorage }).toEqual({ tl_theme: 'the shop’s own' });
    },
  );

  it('records under either signal where the site says it may', () => {
    say({ globalPrivacyControl: true, doNotTrack: '1' });
    begin({ gpc: 'ignore' });
    hide();
    expect(events().map(({ name }) => name)).toEqual(['page_viewed']);
  });
});
