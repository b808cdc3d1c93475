import { cleanUrl } from '../clean-url.ts';
import { on } from '../listen.ts';
import { decide } from '../recording.ts';
import { put } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { TRIED } from '../used.ts';
import { hashed } from './hashed.ts';

/**
 * Sees forms begun, left and sent, but for those of the cart. Of a form it tells the collector what it is called, and of its
 * password fields how they are called and whether they are filled in; which is a sign-up and which a log-in is found there. No value
 * is read but the e-mail address beside a password, which leaves as its hash. What a form with a password has tried is kept for `accounts`.
 */
export const forms: Feature = (see) => {
  let begun: HTMLFormElement | null | undefined;
  // Not its properties: an input called `id` stands in their place.
  const about = (form: HTMLFormElement) => ({
    form: cleanUrl(`${['id', 'class', 'action'].map((name) => form.getAttribute(name))}`),
    passwords: [...form.querySelectorAll<HTMLInputElement>('[type=password]')].map(
      ({ name, autocomplete, value }) => [name, autocomplete, !!value],
    ),
  });
  const tell = (name: string, properties = about(begun!)) =>
    /cart/i.test(properties.form) || see('form', name, properties);

  on<Event & { target: HTMLInputElement }>(document, 'input', ({ target: { form } }) => {
    if (!form || form === begun) return;
    if (begun) tell('pagehide');
    begun = form;
    tell('input');
  });
  on<Event & { target: HTMLFormElement }>(document, 'submit', ({ target: form }) => {
    const { value: email } = form.querySelector<HTMLInputElement>('[type=email]') || ({} as HTMLInputElement);
    const properties = about(form);
    begun = null;
    if (!/true/.test(properties.passwords as never)) return tell('submit', properties);
    decide();
    // Where, which form, and the hash of the e-mail address.
    hashed({ email }, (traits) => put(TRIED, JSON.stringify([cleanUrl(location.href), properties, traits])));
  });
  on(window, 'pagehide', () => tell('pagehide'));
};
