import { on, patch, say } from '../listen.ts';
import type { Feature } from '../sighting.ts';

/**
 * What puts something into the cart, in an address or a body: Shopify, Haravan and Sapo (`/cart/add.js`), WooCommerce
 * (`wc-ajax=add_to_cart`, `add-to-cart=12`, Store API `/cart/add-item`), Magento 2 (`/checkout/cart/add/`), PrestaShop (`add=1`).
 */
const ADD = /\/cart\/add|add-to-cart=|=\w*add_to_cart|&add=1/;
/** In the answer: it was not added after all, whatever the status. */
const FAILED = /"(hasE|e)rrors?":(true|\[?["{])|"backUrl|"status":[45]\d\d/;

/** A number under one of these names in form data, parameters (`items%5B0%5D%5Bid%5D=`) or JSON. */
const FIELDS =
  /[?&"B](product_id|id_product|product|add-to-cart|id|variation_id|.ariantId|quantity|qty)("|%5D)?[=:]"?(\d+)/g;

/** An address and what goes with it as one text. */
const textOf = (address: string, body: unknown): string =>
  `${address}&${body instanceof FormData ? new URLSearchParams(body as never) : body}`;

/**
 * Sees the cart filled by the shop's own means: a request of its scripts that the shop answers with yes, or a form or
 * link that leaves the page. Of several products in one request it names the first.
 */
export const cart: Feature = (see) => {
  // Each under the shop's own name, the first of several; the collector knows which is what.
  const added = (text: string) => {
    const properties: Record<string, string> = {};
    text.replace(FIELDS, (_all, name, _end, value) => (properties[name] = properties[name] || value));
    see('cart', 'cart_added', properties);
  };
  // What it answered is read only of what may be an add, and at once, before the page does.
  const answered = async (text: string, status: number, read: () => string | Promise<string>) => {
    // Other hosts' analytics tell of adds in the same words.
    if (status < 400 && ADD.test(text) && text.startsWith(location.origin)) {
      const answer = await read();
      if (!FAILED.test(answer)) added(text + answer);
    }
  };

  patch(window, 'fetch', ([, init = {}], response: Promise<Response>) =>
    response
      .then((one) => answered(textOf(one.url, init.body), one.status, () => one.clone().text()))
      .catch(say),
  );
  patch(XMLHttpRequest.prototype, 'send', ([body], _result, request: XMLHttpRequest) =>
    request.addEventListener('load', () =>
      answered(textOf(request.responseURL, body), request.status, () => request.responseText).catch(say),
    ),
  );
  on<SubmitEvent>(document, 'submit click', (event) => {
    const form = event.type === 'submit';
    const target = event.target as HTMLFormElement & HTMLAnchorElement;
    const element = (!form && target.closest('a')) || target;
    const { name, value } = (event.submitter || {}) as HTMLButtonElement;
    const address = `${element.getAttribute('action') || element.href}?&${name}=${value}`;
    // By then the page's own listeners have said whether they do it themselves.
    if (ADD.test(address))
      setTimeout(() => event.defaultPrevented || added(textOf(address, form && new FormData(target))));
  });
};
