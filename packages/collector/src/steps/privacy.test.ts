import { describe, expect, it } from 'vitest';
import { taken } from '../testing/take.ts';

describe('what is kept', () => {
  it('is the address without fragment, user name, unknown parameters and e-mails', () => {
    const { row } = taken({
      url: 'https://me:pw@shop.example/u/an@example.com/x?q=green+tea&token=abc&utm_source=mail&ref=an%40example.com#/private',
    });
    expect(row).toMatchObject({
      url: 'https://shop.example/u/[email]/x?q=green+tea&utm_source=mail',
      host: 'shop.example',
      path: '/u/[email]/x',
    });
  });

  it('is what the tag has left there as the page asks for it, but for what lets somebody in', () => {
    const secrets = `session_id=s3&an=an%40mail.example&hash=${'0a'.repeat(16)}&gclid=c1`;
    const url = `https://shop.example/app?id=7&route=tea&${secrets}#/cart`;
    expect(taken({ url, url_cleaned: true }).row).toMatchObject({
      url: 'https://shop.example/app?id=7&route=tea#/cart',
      path: '/app#/cart',
    });
    expect(taken({ url }).row).toMatchObject({ url: 'https://shop.example/app', path: '/app' });
  });

  it.each([
    ['#/u/an@mail.example', '/#/u/[email]'],
    ['#access_token=abc', '/'],
    ['#/reset/abc123', '/#/reset/[token]'],
  ])('makes %s of a cleaned address the path %s', (fragment, path) => {
    expect(taken({ url: `https://shop.example/${fragment}`, url_cleaned: true }).row.path).toBe(path);
  });

  it.each([['javascript:alert(1)'], ['about:blank'], ['/only/a/path'], [42], [null]])(
    'is no page for %s',
    (url) => {
      expect(taken({ url }).row).toMatchObject({ url: '', host: '', path: '' });
    },
  );

  it('holds neither e-mail nor phone, wherever they stood', () => {
    const secret = /an@example\.com|0901234567|203\.0\.113/;
    const { row, link } = taken({
      name: 'form_submitted',
      title: 'Thanks, an@example.com',
      url: 'https://shop.example/?email=an@example.com',
      properties: {
        email: 'an@example.com',
        phone: '0901234567',
        customer: { email: 'an@example.com', city: 'Huế' },
        note: 'write to an@example.com please',
      },
      user_id: 'an@example.com',
      traits: { email: 'an@example.com', phone: '0901234567', name: 'An' },
    });
    expect(JSON.stringify({ row, link })).not.toMatch(secret);
    expect(row.properties).toEqual({ 'customer.city': 'Huế', note: 'write to [email] please' });
    expect(link!.traits).toEqual({ name: 'An' });
  });

  it('is readable e-mail and phone where the site opted in', () => {
    const { link } = taken(
      { name: 'identify', user_id: 'u1', traits: { email: 'An@Example.com', name: 'An' } },
      { site: { settings: { plain_identifiers: true } } },
    );
    expect(link).toMatchObject({
      identifiers: [
        { kind: 'user_id', value: 'u1' },
        { kind: 'email', value: 'an@example.com' },
      ],
      traits: { email: 'An@Example.com', name: 'An' },
    });
  });

  it('is no password and no card, wherever it stands, also where the site opted in to plain contacts', () => {
    const { row, link } = taken(
      {
        name: 'identify',
        user_id: 'u1',
        properties: { password: 'hunter2', card: { cardNumber: '4111', brand: 'visa' }, pass_type: 'gold' },
        traits: { 'New Password': 'hunter2', plan: 'gold' },
      },
      { site: { settings: { plain_identifiers: true } } },
    );
    expect(JSON.stringify({ row, link })).not.toMatch(/hunter2|4111/);
    expect(row.properties).toEqual({ 'card.brand': 'visa', pass_type: 'gold' });
    expect(link!.traits).toEqual({ plan: 'gold' });
  });

  it('is no token and no account number, by whatever plain name', () => {
    const given = {
      token: 't1',
      secret: 's1',
      auth: 'a1',
      pin: '1234',
      iban: 'DE02',
      otp: '99',
      token_type: 'x',
    };
    expect(taken({ name: 'Paid', properties: given }).row.properties).toEqual({ token_type: 'x' });
  });

  it('is the city, and no name and no street, of addresses that come along with an order', () => {
    const address = { first_name: 'An', street: '1 Le Loi', zip: '700000', city: 'Hue', country: 'VN' };
    const properties = {
      billing_address: address,
      checkout: { shippingAddress: { firstName: 'An', address1: '1 Le Loi', city: 'Hue' } },
      shipping: { address_1: '1 Le Loi', method: 'express' },
      customer: { addresses: [{ line1: '1 Le Loi', country: 'VN' }] },
      page_address: 'shown',
    };
    const event = { name: 'Order Completed', properties };
    expect(taken(event).row.properties).toEqual({
      'billing_address.city': 'Hue',
      'billing_address.country': 'VN',
      'checkout.shippingAddress.city': 'Hue',
      'customer.addresses.0.country': 'VN',
      page_address: 'shown',
    });
    const opted = taken(event, { site: { settings: { plain_identifiers: true } } }).row.properties;
    expect(opted).toMatchObject({
      'billing_address.street': '1 Le Loi',
      'checkout.shippingAddress.firstName': 'An',
    });
  });

  it('is the country of the address and not the address', () => {
    const { row } = taken({});
    expect(row.country).toBe('VN');
    expect(JSON.stringify(row)).not.toContain('203.0.113.9');
  });
});
