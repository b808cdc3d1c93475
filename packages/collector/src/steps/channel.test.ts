import { describe, expect, it } from 'vitest';
import { taken } from '../testing/take.ts';

const SHOP_URL = 'https://shop.example/';

describe('the channel of a session', () => {
  it.each([
    ['direct', '', ''],
    ['direct', '', 'https://shop.example/cart'],
    ['paid_search', '', 'https://shop.example/cart?utm_source=google&utm_medium=cpc'],
    ['email', '?utm_medium=email', 'https://shop.example/cart?utm_source=google&utm_medium=cpc'],
    ['paid_social', '?ScCid=1', ''],
    ['direct', '', 'https://www.partner-of-the-shop.example/'],
    ['organic_search', '', 'https://www.google.com.vn/'],
    ['organic_search', '', 'https://coccoc.com/search'],
    ['organic_social', '', 'https://l.facebook.com/'],
    ['organic_social', '', 'https://chat.zalo.me/'],
    ['organic_video', '', 'https://www.youtube.com/watch'],
    ['organic_shopping', '', 'https://shopee.vn/'],
    ['ai_assistant', '', 'https://chatgpt.com/'],
    ['ai_assistant', '', 'https://gemini.google.com/app'],
    ['email', '', 'https://mail.google.com/'],
    ['email', '', 'https://mail.yahoo.com/'],
    ['email', '', 'https://outlook.live.com/mail/'],
    ['email', '', 'android-app://com.google.android.gm/'],
    ['organic_social', '', 'android-app://com.zing.zalo/'],
    ['organic_search', '', 'android-app://com.google.android.googlequicksearchbox/'],
    ['organic_search', '', 'https://vn.search.yahoo.com/search'],
    ['organic_search', '', 'https://duckduckgo.com/'],
    ['organic_search', '', 'https://search.brave.com/'],
    ['organic_social', '', 'https://t.co/abc'],
    ['organic_social', '', 'https://www.threads.net/'],
    ['organic_social', '', 'https://www.pinterest.de/pin/1'],
    ['organic_video', '', 'https://m.youtube.com/'],
    ['organic_shopping', '', 'https://www.amazon.co.uk/'],
    ['organic_shopping', '', 'https://www.lazada.vn/'],
    ['organic_shopping', '', 'https://tiki.vn/'],
    ['organic_shopping', '', 'https://www.sendo.vn/'],
    ['organic_shopping', '', 'https://shopping.google.com/'],
    ['ai_assistant', '', 'https://www.perplexity.ai/'],
    ['ai_assistant', '', 'https://claude.ai/'],
    ['ai_assistant', '', 'https://copilot.microsoft.com/'],
    ['referral', '', 'https://maps.google.com/'],
    ['referral', '', 'https://t.company.example/'],
    ['referral', '', 'https://amazon.evil.example/'],
    ['referral', '', 'https://google.evil.example/'],
    ['referral', '', 'https://blog.example/'],
    ['referral', '', 'https://notgoogle.com/'],
    ['paid_search', '?utm_source=google&utm_medium=cpc', ''],
    ['paid_search', '?gclid=abc', 'https://www.google.com/'],
    ['paid_social', '?utm_source=facebook&utm_medium=paid_social', ''],
    ['paid_shopping', '?utm_source=google&utm_medium=cpc&utm_campaign=shopping_autumn', ''],
    ['paid_other', '?utm_source=newsletter.example&utm_medium=ppc', ''],
    ['organic_social', '?fbclid=x', 'https://l.facebook.com/'],
    ['paid_social', '?fbclid=x&utm_source=facebook&utm_medium=cpc', ''],
    ['paid_social', '?ttclid=x', ''],
    ['display', '?utm_source=x&utm_medium=banner', ''],
    ['email', '?utm_source=newsletter&utm_medium=email', ''],
    ['email', '?utm_source=e-mail', ''],
    ['sms', '?utm_source=zns&utm_medium=sms', ''],
    ['affiliates', '?utm_source=accesstrade&utm_medium=affiliate', ''],
    ['cross_network', '?utm_source=google&utm_medium=cpc&utm_campaign=cross-network', ''],
    ['push', '?utm_source=app&utm_medium=web_push', ''],
    ['organic_search', '?utm_source=google', ''],
    ['organic_search', '?utm_source=Coccoc', ''],
    ['organic_social', '?utm_source=fb', ''],
    ['organic_social', '?utm_source=zalo', ''],
    ['organic_social', '?utm_source=m.facebook.com', ''],
    ['organic_video', '?utm_source=youtube', ''],
    ['organic_shopping', '?utm_source=shopee', ''],
    ['paid_shopping', '?utm_source=lazada&utm_medium=cpc', ''],
    ['ai_assistant', '?utm_source=chatgpt.com', ''],
    ['unassigned', '?utm_source=x&utm_medium=y', ''],
  ])('is %s for %s from %s', (channel, query, referrer) => {
    const { row } = taken(
      { entry: { url: SHOP_URL + query, referrer } },
      { site: { hosts: ['shop.example', '*.partner-of-the-shop.example'] } },
    );
    expect(row.channel).toBe(channel);
  });

  it('comes from the entry and not from the page at hand', () => {
    const { row } = taken({
      url: 'https://shop.example/cart',
      referrer: 'https://shop.example/',
      entry: {
        url: 'https://shop.example/?utm_source=google&utm_medium=cpc&utm_campaign=tea&utm_term=green&utm_content=a',
        referrer: '',
      },
    });
    expect(row).toMatchObject({
      channel: 'paid_search',
      utm_source: 'google',
      utm_medium: 'cpc',
      utm_campaign: 'tea',
      utm_term: 'green',
      utm_content: 'a',
      path: '/cart',
    });
  });

  it('reads the campaign that Segment carries beside the URL', () => {
    const { row } = taken({
      source: 'server',
      url: SHOP_URL,
      campaign: { source: 'mailchimp', medium: 'email', name: 'tet' },
    });
    expect(row).toMatchObject({ channel: 'email', utm_campaign: 'tet', utm_source: 'mailchimp' });
  });

  it('keeps the name of a click id and never its value', () => {
    const { row } = taken({
      url: `${SHOP_URL}?gclid=SECRETVALUE`,
      referrer: 'https://www.google.com/?q=tea',
    });
    expect(row).toMatchObject({ click_id: 'gclid', url: SHOP_URL, referrer: 'https://www.google.com/' });
    expect(JSON.stringify(row)).not.toContain('SECRETVALUE');
  });

  it('follows the site’s hosts as soon as they are changed', () => {
    const call = { url: SHOP_URL, referrer: 'https://checkout.example/' };
    expect(taken(call, { site: { hosts: ['shop.example'] } }).row.channel).toBe('referral');
    expect(taken(call, { site: { hosts: ['shop.example', 'checkout.example'] } }).row.channel).toBe('direct');
  });

  it('is the store for a visit to the store, and unassigned for a server that tells no page', () => {
    expect(taken({ source: 'server', name: 'store_visit' }).row.channel).toBe('store');
    expect(taken({ source: 'server', name: 'order_completed' }).row.channel).toBe('unassigned');
  });
});
