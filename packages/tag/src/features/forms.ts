import { cleanUrl } from '../clean-url.ts';
import { idle } from '../idle.ts';
import { on } from '../listen.ts';
import { watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { put, shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { hashed } from './hashed.ts';

/** What was tried on the page before: where, by which form, and the hash of the e-mail address. */
const TRIED = 'tl_s.f';

/**
 * Sees forms begun, left and sent, but for those of the cart. Of a form it tells the collector what it is called, and of its
 * password fields how they are called and whether they are filled in; which is a sign-up and which a log-in is found there. No value
 * is read but the e-mail address beside a password, which leaves as its hash. A form with a password counts once another page shows that it
 * went well.
 */
export const forms: Feature = (see) => {
  let begun: HTMLFormElement | null | undefined;
  const passwords = (within: ParentNode) =>
    [...within.querySelectorAll<HTMLInputElement>('[type=password]')].map(({ name, autocomplete, value }) => [
      name,
      autocomplete,
      !!value,
    ]);
  // Not its properties: an input called `id` stands in their place.
  const about = (form: HTMLFormElement) => ({
    form: cleanUrl(`${['id', 'class', 'action'].map((name) => form.getAttribute(name))}`),
    passwords: passwords(form),
  });
  const tell = (name: string, properties = about(begun!)) => {
    if (!/cart/i.test(properties.form)) see('form', name, properties);
  };

  on<Event & { target: HTMLInputElement }>(document, 'input', ({ target: { form } }) => {
    if (!form || form === begun) return;
    if (begun) tell('abandoned');
    begun = form;
    tell('started');
  });
  on<Event & { target: HTMLFormElement }>(document, 'submit', ({ target: form }) => {
    const { value: email } = form.querySelector<HTMLInputElement>('[type=email]') || ({} as HTMLInputElement);
    const properties = about(form);
    begun = null;
    if (!/true/.test(properties.passwords as never)) return tell('submit', properties);
    decide();
    hashed({ email }, (traits) => put(TRIED, JSON.stringify([location.pathname, properties, traits])));
  });
  on(window, 'pagehide', () => tell('abandoned'));
  watch(({ name }) => {
    if (name === 'page_viewed')
      idle(() => {
        decide();
        const [path, properties, traits] = JSON.parse(shelf[TRIED]!);
        delete shelf[TRIED];
        if (path !== location.pathname || !passwords(document)[0])
          see('form', 'login', properties, { identity: { traits } });
      });
  });
};
