import { describe, expect, it } from 'vitest';
import { taken } from '../testing/take.ts';

const order = (properties: Record<string, unknown>) => taken({ name: 'order_completed', properties }).row;

describe('money and products', () => {
  it('follow Segment, whose revenue leaves tax and shipping out', () => {
    const row = order({
      order_id: '50314b8e',
      revenue: 25,
      shipping: 3,
      tax: 2,
      discount: 2.5,
      currency: 'usd',
      products: [
        { product_id: '507f', sku: '45790-32', name: 'Monopoly', price: 19, quantity: 1, category: 'Games' },
      ],
      coupon: 'hasbros',
    });
    expect(row).toMatchObject({
      order_id: '50314b8e',
      total: 30,
      subtotal: 27.5,
      discount: 2.5,
      tax: 2,
      shipping: 3,
      currency: 'USD',
      'products.product_id': ['507f'],
      'products.sku': ['45790-32'],
      'products.name': ['Monopoly'],
      'products.category': ['Games'],
      'products.price': [19],
      'products.quantity': [1],
      properties: { coupon: 'hasbros' },
    });
  });

  it('take Segment’s total over its revenue', () => {
    expect(order({ total: 30, revenue: 20, tax: 2 })).toMatchObject({ total: 30, subtotal: 20 });
  });

  it('follow GA4, whose value is the goods’ sum', () => {
    const row = order({
      transaction_id: 'T1',
      value: 30.03,
      tax: 4.9,
      shipping: 5.99,
      currency: 'USD',
      items: [
        {
          item_id: 'SKU_1',
          item_name: 'Tee',
          item_brand: 'G',
          item_category: 'Apparel',
          item_variant: 'green',
          price: 10.01,
          quantity: 3,
        },
      ],
    });
    expect(row).toMatchObject({
      order_id: 'T1',
      total: 40.92,
      'products.product_id': ['SKU_1'],
      'products.variant_id': ['green'],
      'products.quantity': [3],
      properties: {},
    });
  });

  it('follow WooCommerce, whose value holds tax and shipping', () => {
    const row = order({
      value: 40.92,
      tax: 4.9,
      shipping: 5.99,
      items: [{ item_id: 'a', price: 10.01, quantity: 3 }],
    });
    expect(row.total).toBe(40.92);
  });

  it('follow a dataLayer’s ecommerce object', () => {
    const row = order({
      event: 'purchase',
      ecommerce: { transaction_id: 'T2', value: 10, currency: 'VND', items: [{ item_id: 'x', price: 10 }] },
    });
    expect(row).toMatchObject({
      order_id: 'T2',
      total: 10,
      currency: 'VND',
      'products.product_id': ['x'],
      properties: { event: 'purchase' },
    });
  });

  it('follow a Shopify order webhook', () => {
    const row = order({
      order_id: 820982911946154500,
      cart_token: 'c1',
      total_price: '404.95',
      subtotal_price: '414.95',
      total_discounts: '20.00',
      total_tax: '11.94',
      total_shipping_price_set: { shop_money: { amount: '10.00', currency_code: 'USD' } },
      currency: 'USD',
      line_items: [
        {
          product_id: 632910392,
          variant_id: 808950810,
          sku: 'IPOD2008PINK',
          title: 'IPod Nano',
          vendor: 'Apple',
          price: '199.00',
          quantity: 1,
        },
      ],
    });
    expect(row).toMatchObject({
      cart_token: 'c1',
      total: 404.95,
      subtotal: 414.95,
      discount: 20,
      tax: 11.94,
      shipping: 10,
      'products.product_id': ['632910392'],
      'products.variant_id': ['808950810'],
      'products.brand': ['Apple'],
      'products.price': [199],
    });
  });

  it('follow Shopify’s web pixel', () => {
    const row = order({
      checkout: {
        order: { id: '5001' },
        currencyCode: 'EUR',
        totalPrice: { amount: 25, currencyCode: 'EUR' },
        lineItems: [
          {
            title: 'Tea',
            quantity: 2,
            variant: {
              id: 'v9',
              sku: 'T-1',
              price: { amount: 12.5 },
              product: { id: 'p9', vendor: 'Leaf', type: 'Drinks' },
            },
          },
        ],
      },
    });
    expect(row).toMatchObject({
      order_id: '5001',
      total: 25,
      currency: 'EUR',
      'products.product_id': ['p9'],
      'products.variant_id': ['v9'],
      'products.sku': ['T-1'],
      'products.name': ['Tea'],
      'products.price': [12.5],
      'products.quantity': [2],
    });
  });

  it('have the currency that the price of Shopify’s single product names', () => {
    const price = { amount: 12.5, currencyCode: 'USD' };
    for (const properties of [
      { productVariant: { id: '1', price } },
      {
        cartLine: { cost: { totalAmount: { ...price, amount: 25 } }, merchandise: { id: '1' }, quantity: 2 },
      },
      { cartLine: { merchandise: { id: '1', price }, quantity: 2 } },
    ])
      expect(taken({ name: 'product_viewed', properties }).row.currency).toBe('USD');
  });

  it('name a product of Shopify’s as people know it, not by its variant', () => {
    const product = { id: '80', title: 'Green tea', vendor: 'Leaf' };
    const productVariant = { id: '44', title: 'Default Title', sku: 'T-1', price: { amount: 9.5 }, product };
    const seen = [
      taken({ name: 'product_viewed', properties: { productVariant } }).row,
      taken({
        name: 'product_added_to_cart',
        properties: { cartLine: { merchandise: productVariant, quantity: 2 } },
      }).row,
    ];
    for (const row of seen)
      expect(row).toMatchObject({
        'products.product_id': ['80'],
        'products.variant_id': ['44'],
        'products.name': ['Green tea'],
        'products.sku': ['T-1'],
        'products.brand': ['Leaf'],
        'products.price': [9.5],
      });
    expect(seen.map((row) => row['products.quantity'])).toEqual([[1], [2]]);
    // A variant that tells of no product.
    const bare = { id: '44', title: 'Green tea' };
    expect(taken({ name: 'product_viewed', properties: { productVariant: bare } }).row).toMatchObject({
      'products.product_id': ['44'],
      'products.name': ['Green tea'],
    });
  });

  it('read prices that are sent as texts, as they stand on a page where they are no number', () => {
    const row = order({
      transaction_id: 'T2',
      value: '1.584.000 ₫',
      shipping: '30.000',
      currency: 'VND',
      items: [
        { item_id: '1', price: '1.299.000₫' },
        { item_id: '2', price: '285.000' },
        { item_id: '3', price: 'free' },
      ],
    });
    expect(row).toMatchObject({
      shipping: 30_000,
      'products.price': [1_299_000, 285_000, 0],
      // Without the shipping, by the goods' sum.
      total: 1_614_000,
    });
    expect(order({ total: '19,90 €', currency: 'EUR' })).toMatchObject({ total: 19.9, properties: {} });
    expect(order({ total: 'a lot' })).toMatchObject({ total: null, properties: { total: 'a lot' } });
  });

  it('make a list of one of an event that is about one product', () => {
    const { row } = taken({
      name: 'Product Added',
      properties: { product_id: 'P7', name: 'Cup', price: 4.5, cart_id: 'k1', color: 'red' },
    });
    expect(row).toMatchObject({
      name: 'cart_added',
      cart_token: 'k1',
      'products.product_id': ['P7'],
      'products.name': ['Cup'],
      'products.price': [4.5],
      'products.quantity': [1],
      properties: { color: 'red' },
    });
  });

  it('leave the name of something else a property', () => {
    const { row } = taken({ name: 'form_submitted', properties: { name: 'newsletter', price: 3 } });
    expect(row).toMatchObject({ 'products.name': [], properties: { name: 'newsletter', price: '3' } });
  });

  it('take the site’s currency for money that names none', () => {
    expect(order({ total: 100_000 }).currency).toBe('VND');
    expect(taken({}).row.currency).toBe('');
  });

  it.each([
    [{ total: 1e30 }],
    [{ total: Number.POSITIVE_INFINITY }],
    [{ total: '12abc' }],
    [{ total: {} }],
    [{ total: [5] }],
    [{ total: '' }],
  ])('are none for %j, which ClickHouse could not keep', (properties) => {
    expect(order(properties).total).toBeNull();
  });

  it('keep quantities within 32 bits and prices within the decimal', () => {
    const row = order({
      products: [
        { product_id: 'a', quantity: 1e20, price: 1e20 },
        { product_id: 'b', quantity: -5, price: '7.123456' },
        'x',
        null,
      ],
    });
    expect(row).toMatchObject({ 'products.quantity': [4_294_967_295, 0], 'products.price': [0, 7.1235] });
  });

  it('keep the first hundred products and count the rest', () => {
    const row = order({ products: Array.from({ length: 130 }, (_, index) => ({ product_id: index })) });
    expect(row['products.product_id']).toHaveLength(100);
    expect(row.properties['properties_cut']).toBe('30: products');
  });
});
