import { type Fields, fieldsOf, own, sha256, textOf } from '../steps/text.ts';

/** What the deliveries of all platforms have in common. */

/** Text or a number as text of up to 128 characters; '' for anything else. */
export const id = (value: unknown): string => textOf(value, 128);

export const inner = (fields: Fields, key: string): Fields => fieldsOf(own(fields, key)) ?? {};

/** The objects of a list; undefined when it is no list at all. */
export function listOf(fields: Fields, key: string): Fields[] | undefined {
  const list = own(fields, key);
  return Array.isArray(list) ? list.map((entry) => fieldsOf(entry) ?? {}) : undefined;
}

/** The first of these that says anything. */
export const firstOf = (...values: unknown[]): unknown =>
  values.find((value) => value !== undefined && value !== null && value !== '');

/** The sum of amounts that come as text or numbers; undefined for none. */
export function sumOf(amounts: readonly unknown[]): number | undefined {
  if (amounts.length === 0) return undefined;
  const sum = amounts.reduce<number>((total, amount) => total + (Number(amount) || 0), 0);
  return Math.round(sum * 10_000) / 10_000;
}

/**
 * Who a delivery about an order is about, as a visitor: the same for all of them about that order, and nobody else. Its
 * customer is told by identifiers beside it.
 */
export const orderVisitor = (platform: string, order: string): string =>
  `w_${sha256(`${platform}|${order}`).slice(0, 22)}`;

/** Only what is not empty, so that an identify does not tell nothings. */
export const told = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => firstOf(value) !== undefined));
