import { idle } from '../idle.ts';
import { on } from '../listen.ts';
import { watch } from '../recorder.ts';
import { decide } from '../recording.ts';
import { put, shelf } from '../shelf.ts';
import type { Feature } from '../sighting.ts';
import { hashed } from './hashed.ts';

const SIGN_UP = /regist|sign.?up|create|customer-f/i;
/** What was tried on the page before: a name of the vocabulary, where, and the hash of the e-mail address. */
const TRIED = 'tl_s.f';

/**
 * Sees forms begun, left and sent, by their name alone: no value is read but the e-mail address of a sign-up or log-in,
 * which leaves as its hash. These two count once another page shows that they went well.
 */
export const forms: Feature = (see) => {
  let begun: HTMLFormElement | null | undefined;
  const password = (within: ParentNode) => within.querySelector('[type=password]');
  // Its opening tag alone.
  const signsUp = (form: HTMLFormElement) =>
    password(form) && SIGN_UP.test((form.cloneNode() as Element).outerHTML);
  const tell = (name: string, form = begun) => form && see('form', name, { form: form.id });

  on(document, 'input', ({ target }) => {
    const { form } = target as HTMLInputElement;
    if (!form || form === begun) return;
    tell('form_abandoned');
    begun = form;
    tell(signsUp(form) ? 'signup_started' : 'form_started');
  });
  on<Event & { target: HTMLFormElement }>(document, 'submit', ({ target: form }) => {
    const { value } = form.querySelector<HTMLInputElement>('[type=email]') || ({} as HTMLInputElement);
    begun = null;
    if (!password(form)) tell('form_submitted', form);
    else
      hashed({ email: value }, (traits) =>
        put(TRIED, JSON.stringify([signsUp(form) ? 'signup_completed' : 'login', location.pathname, traits])),
      );
  });
  on(window, 'pagehide', () => tell('form_abandoned'));
  watch(({ name }) => {
    if (name === 'page_viewed')
      idle(() => {
        decide();
        const [tried, path, traits] = JSON.parse(shelf[TRIED]!);
        delete shelf[TRIED];
        if (path !== location.pathname || !password(document))
          see('form', tried, {}, { identity: { traits } });
      });
  });
};
