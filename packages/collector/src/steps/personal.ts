import { LIMITS } from '@throughline/contract';
import type { RawKind } from '@throughline/identity';
import { type Fields, fieldsOf, own } from './text.ts';

/** Names under which shops send what names a person, by the kind of identifier it is. */
const NAMES: readonly [RawKind, readonly string[]][] = [
  ['user_id', ['user_id', 'userId', 'customer_id', 'customerId']],
  ['loyalty_id', ['loyalty_id', 'loyaltyId', 'loyalty_number']],
  ['email', ['email', 'Email', 'e_mail', 'email_address', 'emailAddress', 'customer_email', 'contact_email']],
  ['email_sha256', ['email_sha256', 'sha256_email_address', 'hashed_email']],
  ['phone', ['phone', 'Phone', 'phone_number', 'phoneNumber', 'mobile', 'telephone', 'customer_phone']],
  ['phone_sha256', ['phone_sha256', 'sha256_phone_number']],
];

/** Places inside properties where a person's fields stand besides the top. */
const HOLDERS = [
  'customer',
  'user',
  'user_data',
  'billing',
  'billing_address',
  'shipping_address',
  'checkout',
];

/** Top-level keys and keys of the holders that never reach `properties` or `traits` unless the site opted in to plain ones. */
const PERSONAL = new Set(NAMES.filter(([kind]) => kind !== 'user_id').flatMap(([, names]) => names));

/** Whether a flattened name such as `customer.email` ends in a personal field. */
export const isPersonal = (name: string): boolean => PERSONAL.has(name) || PERSONAL.has(lastPart(name));

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** What lets somebody in or pays, whoever sends it: the last part of its name in small letters, without what joins words. */
const SECRET = new Set([
  ...['password', 'passwd', 'pwd', 'passcode', 'passphrase', 'newpassword', 'oldpassword', 'currentpassword'],
  ...['confirmpassword', 'passwordconfirm', 'passwordconfirmation', 'repeatpassword'],
  ...[
    'cardnumber',
    'ccnumber',
    'creditcard',
    'creditcardnumber',
    'cvv',
    'cvv2',
    'cvc',
    'cvc2',
    'securitycode',
  ],
  ...['cardno', 'iban', 'pin', 'otp'],
  ...['accesstoken', 'refreshtoken', 'idtoken', 'authtoken', 'sessiontoken', 'apikey', 'secretkey'],
  ...['token', 'secret', 'clientsecret', 'auth', 'authorization'],
]);

const plainWord = (word: string): string => word.replace(/[\s_-]/g, '').toLowerCase();

/** Whether a flattened name such as `user.new_password` is one of what nobody keeps, opted in or not. */
export const isSecret = (name: string): boolean => SECRET.has(plainWord(lastPart(name)));

/** Parts of an address but for the city and what is larger. */
const POSTAL = new Set([
  ...['name', 'firstname', 'lastname', 'fullname', 'company'],
  ...['address', 'address1', 'address2', 'street', 'line1', 'line2', 'latitude', 'longitude'],
  ...['zip', 'zipcode', 'postcode', 'postalcode'],
]);

/** Whether a flattened name such as `billing_address.street` is part of where a person lives, or of their name. */
export const isPostal = (name: string): boolean =>
  /(address(es)?(\.\d+)?|(^|\.)(billing|shipping))\.[^.]+$/i.test(name) &&
  POSTAL.has(plainWord(lastPart(name)));

export interface Claim {
  kind: RawKind;
  value: unknown;
}

/** What these fields say of who it is, one claim a kind, as they were sent. */
export function claimsOf(fields: Fields): Claim[] {
  const places = [fields];
  for (const holder of HOLDERS) {
    const inner = fieldsOf(own(fields, holder));
    if (inner) places.push(inner);
  }
  const claims: Claim[] = [];
  for (const [kind, names] of NAMES) {
    const claim = first(places, names);
    if (claim !== undefined) claims.push({ kind, value: claim });
  }
  return claims;
}

function first(places: readonly Fields[], names: readonly string[]): unknown {
  for (const fields of places) {
    for (const name of names) {
      const value = own(fields, name);
      if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    }
  }
  return undefined;
}

/** Whether a text is long enough to be looked at as an identifier and reads as an e-mail address. */
export const looksLikeEmail = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= LIMITS.identifier_chars_max &&
  /^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$/.test(value);
