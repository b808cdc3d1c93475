// What there is to press and to fill in on the pages of examples/platforms, and what becomes of it.
import { example, type ShopAnswer } from './recorded-shop.ts';

/** Product and variant, empty where the shop does not say, and quantity. */
export type Product = readonly [product_id: string, variant_id: string, quantity: number];

export interface ScriptedAdd {
  /** The page. */
  platform: string;
  button: string;
  /** Where the request goes. */
  path: string;
  good: ShopAnswer;
  bad: ShopAnswer;
  product: Product;
}
export interface Shortcut extends Omit<ScriptedAdd, 'button' | 'bad'> {
  way: string;
  /** Pressed one after the other. */
  buttons: readonly string[];
}
export interface FormAdd {
  platform: string;
  button: string;
  product: Product;
}
export interface Account {
  platform: string;
  sign_up: string;
  log_in: string;
}

/** WordPress answers a batch of requests with one status, and each of them with its own. */
const batchOf = (status: number, body: object): ShopAnswer => ({
  status: 207,
  body: { responses: [{ status, headers: {}, body }] },
});
const refusedByStore = (code: string, message: string): ShopAnswer =>
  batchOf(400, { code, message, data: { status: 400 } });

/** By its scripts: the button pressed, the answer the shop gives to a good add, and the one to a bad one. */
export const SCRIPTED_ADDS: readonly ScriptedAdd[] = [
  {
    platform: 'shopify',
    button: '#ProductSubmitButton-main',
    path: '/cart/add',
    good: {
      body: {
        id: 44012345678901,
        product_id: 8012345678901,
        variant_id: 44012345678901,
        title: 'Green tea',
        quantity: 2,
      },
    },
    bad: {
      status: 422,
      body: { status: 422, message: 'Cart Error', description: 'All 5 Green tea are in your cart.' },
    },
    product: ['8012345678901', '44012345678901', 2],
  },
  {
    platform: 'woocommerce',
    button: '.ajax_add_to_cart',
    path: '/',
    good: { body: { fragments: { 'div.widget_shopping_cart_content': '<div></div>' }, cart_hash: 'c4rt' } },
    bad: { body: { error: true, product_url: '/product/green-tea/' } },
    product: ['12', '', 1],
  },
  {
    platform: 'woocommerce-blocks',
    button: '.wc-interactive button',
    path: '/wp-json/wc/store/v1/batch',
    good: batchOf(201, { items: [{ key: 'a', id: 12, quantity: 1 }], errors: [] }),
    bad: refusedByStore('woocommerce_rest_product_out_of_stock', 'Sold out'),
    product: ['12', '', 1],
  },
  {
    platform: 'magento',
    button: '#product-addtocart-button',
    path: '/checkout/cart/add/uenc/aHR0cHM6Ly9zaG9w/product/12/',
    good: { body: [] },
    bad: { body: { backUrl: '/green-tea.html' } },
    product: ['12', '', 2],
  },
  {
    platform: 'prestashop',
    button: '[data-button-action="add-to-cart"]',
    path: '/panier',
    good: {
      body: {
        success: true,
        id_product: 12,
        id_product_attribute: 0,
        quantity: 2,
        errors: [],
        hasError: false,
      },
    },
    bad: { body: { hasError: true, errors: ['There are not enough products in stock.'], quantity: 0 } },
    product: ['12', '', 2],
  },
  {
    platform: 'haravan',
    button: '#add-to-cart',
    path: '/cart/add.js',
    good: {
      body: {
        id: 1090123456,
        product_id: 1012345678,
        variant_id: 1090123456,
        quantity: 2,
        title: 'Trà xanh',
      },
    },
    bad: { status: 422, body: { status: 422, description: 'Hết hàng' } },
    product: ['1012345678', '1090123456', 2],
  },
  {
    platform: 'sapo',
    button: '.add_to_cart',
    path: '/cart/add.js',
    good: { body: { variant_id: 71234567, product_id: 31234567, quantity: 2, title: 'Trà xanh' } },
    bad: { status: 422, body: { status: 422, message: 'Hết hàng' } },
    product: ['31234567', '71234567', 2],
  },
  {
    platform: 'shopify-quick-add',
    button: '#quick-add-submit',
    path: '/cart/add',
    good: {
      body: {
        id: 44012345678902,
        quantity: 1,
        variant_id: 44012345678902,
        key: '44012345678902:5f4dcc3b5aa765d61d8327deb882cf99',
        title: 'White tea',
        price: 95000,
        product_id: 8012345678902,
        sections: {
          'cart-drawer':
            '<div id="CartDrawer" class="cart-drawer"><input data-quantity-variant-id="44012345678902" name="updates[]" value="1"><div id="CartDrawer-CartErrors" role="alert"></div></div>',
          'cart-icon-bubble': '<div class="cart-count-bubble"><span aria-hidden="true">1</span></div>',
        },
      },
    },
    bad: {
      status: 422,
      body: {
        status: 422,
        message: 'Cart Error',
        description: "The product 'White tea' is already sold out.",
      },
    },
    product: ['8012345678902', '44012345678902', 1],
  },
  {
    platform: 'magento-configurable',
    button: '#product-addtocart-button',
    path: '/checkout/cart/add/uenc/aHR0cHM6Ly9zaG9w/product/21/',
    good: { body: { messages: '', product: { statusText: null } } },
    bad: { body: { backUrl: '/green-tea.html' } },
    product: ['21', '', 2],
  },
  {
    platform: 'magento-category',
    button: '[data-product-sku="24-WHITE"] button',
    path: '/checkout/cart/add/uenc/aHR0cHM6Ly9zaG9w/product/13/',
    good: { body: [] },
    bad: { body: { backUrl: '/white-tea.html?startcustomization=1' } },
    product: ['13', '', 1],
  },
  {
    platform: 'haravan-theme',
    button: '#add-to-cart',
    path: '/cart/add.js',
    good: {
      body: {
        id: 1090123457,
        title: 'Trà xanh - Hộp 500 g',
        price: 40000000,
        line_price: 80000000,
        quantity: 2,
        variant_id: 1090123457,
        product_id: 1012345678,
      },
    },
    bad: {
      status: 422,
      body: { status: 422, message: 'Cart Error', description: 'Số lượng vượt quá tồn kho' },
    },
    product: ['1012345678', '1090123457', 2],
  },
  {
    platform: 'sapo-theme',
    button: '#add-to-cart-form .add_to_cart',
    path: '/cart/add.js',
    good: {
      body: {
        variant_id: 71234568,
        product_id: 31234567,
        title: 'Trà xanh - 500 g',
        price: 400000,
        quantity: 3,
      },
    },
    bad: { status: 422, body: { status: 422, message: 'Cart Error', description: 'Sản phẩm đã hết hàng' } },
    product: ['31234567', '71234568', 3],
  },
  {
    platform: 'prestashop-combination',
    button: '[data-button-action="add-to-cart"]',
    path: '/en/cart',
    good: {
      body: {
        success: true,
        id_product: 12,
        id_product_attribute: 34,
        id_customization: 0,
        quantity: 2,
        cart: { products: [{ id_product: '12', id_product_attribute: '34' }], products_count: 2 },
        errors: '',
        hasError: false,
      },
    },
    bad: {
      body: {
        hasError: true,
        errors: ['The item in your cart is out of stock.'],
        quantity: 0,
      },
    },
    product: ['12', '34', 2],
  },
  {
    platform: 'woocommerce-collection',
    button: '.wc-interactive',
    path: '/',
    good: {
      status: 207,
      body: {
        responses: [
          {
            status: 201,
            headers: { Nonce: 'f6e5d4c3b2' },
            body: {
              items: [
                { key: 'c9f0', id: 15, quantity: 4 },
                { key: 'c20a', id: 12, quantity: 1 },
              ],
              errors: [],
            },
          },
        ],
      },
    },
    bad: refusedByStore('woocommerce_rest_product_partially_out_of_stock', 'You cannot add that amount'),
    product: ['12', '', 1],
  },
];

/** Other ways that these pages have to buy; by the last of them the page is left once the shop has answered. */
export const SHORTCUTS: readonly Shortcut[] = [
  {
    way: 'a chosen swatch of Magento, where the shop goes to the cart',
    platform: 'magento-configurable',
    buttons: ['.swatch-option', '#product-addtocart-button'],
    path: '/checkout/cart/add/uenc/aHR0cHM6Ly9zaG9w/product/21/',
    good: { body: { backUrl: '/checkout/cart/' } },
    product: ['21', '34', 2],
  },
  {
    way: 'Haravan’s button that goes to the checkout',
    platform: 'haravan-theme',
    buttons: ['#buy-now'],
    path: '/cart/add.js',
    good: { body: { id: 1090123457, variant_id: 1090123457, product_id: 1012345678, quantity: 2 } },
    product: ['1012345678', '1090123457', 2],
  },
  {
    way: 'Sapo’s button that goes to the checkout',
    platform: 'sapo-theme',
    buttons: ['.btn_buyNow'],
    path: '/cart/add.js',
    good: { body: { variant_id: 71234568, product_id: 31234567, quantity: 3 } },
    product: ['31234567', '71234568', 3],
  },
  {
    way: 'Sapo’s button in a list',
    platform: 'sapo-theme',
    buttons: ['.quick-buy'],
    path: '/cart/add.js',
    good: { body: { variant_id: 71234569, product_id: 31234569, quantity: 1 } },
    product: ['31234569', '71234569', 1],
  },
];

/** By a form that leaves the page, without the theme's scripts: what sends it. */
export const FORM_ADDS: readonly FormAdd[] = [
  { platform: 'shopify', button: 'product-form form button', product: ['', '44012345678901', 2] },
  { platform: 'magento', button: '#product_addtocart_form button', product: ['12', '', 2] },
  { platform: 'haravan', button: '#add-item-form button', product: ['', '1090123456', 2] },
  { platform: 'sapo', button: '#add-to-cart-form button', product: ['', '71234567', 2] },
  { platform: 'shopify-quick-add', button: '#quick-add-submit', product: ['', '44012345678902', 1] },
  { platform: 'magento-category', button: '[data-product-sku="24-WHITE"] button', product: ['13', '', 1] },
  { platform: 'sapo-theme', button: '.item_product_main .add_to_cart', product: ['', '71234569', 1] },
];

/** Forms to sign up and to log in. */
export const ACCOUNTS: readonly Account[] = [
  { platform: 'shopify', sign_up: '#create_customer', log_in: '#customer_login' },
  { platform: 'woocommerce', sign_up: 'form.register', log_in: 'form.login' },
  { platform: 'magento', sign_up: '#form-validate', log_in: '#login-form' },
  { platform: 'prestashop', sign_up: '#customer-form', log_in: '#login-form' },
  { platform: 'haravan', sign_up: '#create_customer', log_in: '#customer_login' },
  { platform: 'sapo', sign_up: '#customer_register', log_in: '#customer_login' },
];

/** The page without its theme's scripts. */
export const withoutScripts = (platform: string): string =>
  example(platform)
    .replaceAll(/<script>\s*\/\/ As[\s\S]*?<\/script>/g, '')
    .replace('type="button" id="add-to-cart"', 'type="submit"')
    .replace('class="product-variant-id" disabled', 'class="product-variant-id"');
