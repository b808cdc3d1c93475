import { guarded, on, patch, say } from '../listen.ts';
import { options } from '../options.ts';
import { held, see, setHeld, watch } from '../recorder.ts';
import type { Feature } from '../sighting.ts';
import { used } from '../used.ts';

/** From here on a status says no. */
const REFUSED_STATUS = 400;
/** For its answer an act waits so many quarters of a second at most. */
const ANSWER_HOLDS = 20;

/**
 * What hears the answer to a request; throws for one that is no add, and for one of another host, whose analytics tell of adds in
 * the same words. `touched`: how often the visitor had touched the page when it was asked, as a slow shop may answer after the next touch.
 */
const asked = (address: unknown, body: unknown, touched = used) => {
  // As it is sent: an address within a parameter, of which analytics and log-ins tell, stays encoded.
  const text = `${new URL(address as string, location as unknown as URL)}?&${body && (body as FormData).append ? new URLSearchParams(body as never) : body}`;
  // What puts something into the cart, in an address or a form: Shopify, Haravan and Sapo (`/cart/add.js`), WooCommerce
  // (`wc-ajax=add_to_cart`, `action=…add_to_cart`, `add-to-cart=12`, Store API `/cart/add-item`), Magento 2 (`/checkout/cart/add/`),
  // PrestaShop (`add=1`). Not in JSON, in which monitoring tells of other requests, but for the Store API's batches (`{"requests":`).
  const [, , , by] = (!text.indexOf(location.origin) &&
    /^[^{]*({"req.*)?(\/cart\/add(-item)?[.?/"]|(on|x)=\w*add_to_cart|[?&]add(-to-cart=\d|=1\b))/.exec(
      text,
    )) as RegExpExecArray;
  // Ended by the answer: `once` knows how much longer.
  setHeld(ANSWER_HOLDS);
  return guarded((answer: unknown) => {
    const said = JSON.stringify(answer);
    // Each under the shop's own name, the first of several; the collector knows which is what, and what to call a refusal.
    const properties: Record<string, unknown> = {
      by,
      // It was not added after all, whatever the status, which says no by `false`. Magento sends on to the cart
      // after an add, and to the product when it has something to ask; an empty list or text of errors is none, and neither is what
      // stands in a text of the answer: a piece of the page (three backslashes: the answer is read as it came).
      refused:
        /^f|rrors?":(?!f|n|0|""|\[]|{})|backUrl"(?!.*\/cart\/?")|"(status|success|ok)":"?(er|fa|0|[45]\d)/i.test(
          said.replace(/\\{3}"|[\s\\]/g, ''),
        ),
    };
    // A number under a name of a product, variant or quantity in form data, parameters (`items[0][id]=`, `quantity[13]=`) or JSON.
    unescape(text + said).replace(
      /(\b[\w-]*(?:id|product|cart|ute|option|q\w*ty(?:\[\d+)?))\W+(\d+)/gi,
      (_all, name, value) => (properties[name] = properties[name] || value),
    );
    see('cart', 'cart_added', properties, { used: touched });
  });
};

/** Sees adds by `fetch`. From the start, because scripts may keep it for later. */
export const cartFetches: Feature = () =>
  // What it answered is read only of what may be an add, and at once, before the page does.
  patch(window, 'fetch', ([input, { body } = {} as RequestInit], response: Promise<Response>) => {
    // Our own: to look at it would make the classes of addresses on every page.
    if (input === options.endpoint) return;
    const done = asked(input.url || input, body);
    response.then((one): unknown => one.status < REFUSED_STATUS && one.clone().text()).then(done, say);
  });

/** Sees adds by XMLHttpRequest, whose class takes 7 kB of heap, and by forms and links that leave the page. */
export const cartForms: Feature = () => {
  patch(XMLHttpRequest.prototype, 'send', ([body], _result, request: XMLHttpRequest, touched = used) => {
    const done = guarded(() => {
      setHeld(0);
      asked(
        request.responseURL,
        body,
        touched,
      )(
        // A text, or what has been made of it already.
        request.status < REFUSED_STATUS && request.response,
      );
    });
    // Where it leads is not known before the answer. It may be the add that waits.
    if (held) setHeld(ANSWER_HOLDS);
    request.addEventListener('load', done);
    // A synchronous one has been answered.
    if (request.status) done();
  });

  // Last of all, when the page's own listeners have said whether they do it themselves.
  on<Event & { target: HTMLFormElement }>(
    window,
    'click submit',
    ({ type, target, defaultPrevented }) => {
      if (defaultPrevented) return;
      const form = type === 'submit';
      const { value } = (target['add-to-cart'] || {}) as HTMLInputElement;
      asked(
        `${form ? target.getAttribute('action') : target.closest('a')!.href}?&add-to-cart=${value}`,
        form && new FormData(target),
      )('');
    },
    true,
  );
};

/**
 * Sees the cart filled by the shop's own means: a request of its scripts, with what the shop answered, or a form or
 * link that leaves the page. Of several products in one request it names the first.
 */
export const cart: Feature = (see) => {
  // For those who leave `once` out: where it is, it is started before and hears of an add after this.
  watch(({ reader }) => {
    if (reader === 'cart') setHeld(0);
  });
  cartFetches(see);
  cartForms(see);
};
