import { guarded, say } from '../listen.ts';
import { options } from '../options.ts';

type Fields = Record<string, unknown>;

/** SHA-256 of the UTF-8 text, as its bytes with commas between; the collector writes them in hex. Only where the page is a secure context. */
const sha256 = async (text: string): Promise<string> =>
  `${new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))}`;

/**
 * Hands over a copy of `fields` with the hashes of e-mail and phone in their place: at once when there are none, else a
 * moment later. An `id` that is an address counts as one. What cannot be hashed, or is a local number of an unknown country, is left out.
 */
export const hashed = async (
  fields: Fields | undefined,
  then: (safe: Fields | undefined) => void,
  id?: unknown,
): Promise<void> => {
  const { email = /@/.test(id as string) && id, phone, ...safe } = fields || {};
  if (options.plain || !(email || phone)) return guarded(then)(fields) as undefined;
  // One spelling for each address and number, the collector's.
  const number = `${phone}`
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, options.calling!);
  try {
    if (email) safe['e256'] = await sha256(`${email}`.trim().toLowerCase());
    if (number[0] === '+') safe['p256'] = await sha256(number);
  } catch (error) {
    say(error);
  }
  guarded(then)(safe);
};
