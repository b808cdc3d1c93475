import { type Fields, own } from '../steps/text.ts';

/** A form that was sent, and is neither a sign-up nor a log-in. */
export const FORM_TAKEN = 'form_submitted';

/** Words of the platforms' own forms, in id, class or address, and of Vietnamese ones. PrestaShop's sign-up is `customer-form`. */
const SIGN_UP = /regist|sign.?up|create|customer-f|inscription|d[aă]ng.?k[yý]/i;
/** Forms for who has an account and changes it, or gets a new password. PrestaShop's and Magento's bear the same id as the sign-up. */
const CHANGE = /(^|[^r])edit|identity|identite|reset|lost|recover|forg[eo]t|change|(doi|quen).?mat.?khau/i;
/** Not of an account: a shop or a page that is shown to who has a password, an account that is closed. */
const OTHER = /storefront-password|post-password|(^|,)(https?:\/\/[^,/]+)?\/password$|delete|close/i;
/** Fields hidden like passwords: a card's number of three digits. */
const CARD = /cvv|cvc|csc|card|^cc-/i;
/** Password fields for a password that does not count yet. */
const NEW = /new|confirm|repeat|retype|again|_[12]$/i;
/** WooCommerce's checkout opens an account with this one. */
const CHECKOUT = /^account_password$/;

/** What a page is searched, sorted and set by: nothing that one sends in the end, so that to leave it is not to give it up. */
const CONTROL =
  /(?<![a-z])search|searchform|predictive|filter|facet|(?<![a-z])sort|order-?by|ordering|locali[sz]ation|(country|currency|language|locale)[-_ ]?(select|switch|form|picker)/i;

/** The name of a form that was left: of the page's own controls (`form` is as below) it was used, as much as any is. */
export const leftForm = (form: string): string => (CONTROL.test(form) ? 'form_used' : 'form_abandoned');

/** What a form is called: its id, or else its class, or where it goes. */
export const formName = (form: string): string => form.split(',').find((part) => part !== '') ?? '';

/** A password field: its name, its `autocomplete`, and whether it was filled in. */
type Password = { name: string; autocomplete: string; filled: boolean };

/**
 * What a form was, by what the tag tells of it: `form` is its id, class and action with commas between, `passwords` a list of
 * [name, autocomplete, filled]. The tag calls `login` what was sent with a password and went well, and `form_started` what was begun. Without
 * `passwords`, as older tags send it, the name stands.
 */
export function accountAct(name: unknown, properties: Fields): unknown {
  const passwords = passwordsOf(own(properties, 'passwords'));
  if (!passwords) return name;
  const form = String(own(properties, 'form') ?? '');
  const fresh = passwords.filter((field) => NEW.test(field.name) || field.autocomplete === 'new-password');
  // A password of today beside a new one: somebody changes it.
  const changes =
    CHANGE.test(form) ||
    (passwords.some(({ name }) => /new|current|old/i.test(name)) && passwords.length > 1);
  const signsUp = SIGN_UP.test(form) || passwords.some((field) => CHECKOUT.test(field.name) && field.filled);
  if (name === 'form_started') return passwords.length > 0 && signsUp && !changes ? 'signup_started' : name;
  if (name !== 'login') return name;
  if (changes || OTHER.test(form)) return FORM_TAKEN;
  if (signsUp) return 'signup_completed';
  const filled = passwords.filter((field) => field.filled);
  return filled.length === 1 && fresh.length === 0 ? 'login' : FORM_TAKEN;
}

function passwordsOf(told: unknown): Password[] | undefined {
  if (!Array.isArray(told)) return undefined;
  return told
    .filter((field) => Array.isArray(field))
    .map(([name, autocomplete, filled]) => ({
      name: String(name),
      autocomplete: String(autocomplete),
      filled: filled === true,
    }))
    .filter(({ name, autocomplete }) => !CARD.test(name) && !CARD.test(autocomplete));
}
