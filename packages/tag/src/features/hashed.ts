import { guarded, say } from '../listen.ts';
import { options } from '../options.ts';

type Fields = Record<string, unknown>;

/** SHA-256 of the UTF-8 text, as its bytes with commas between; the collector writes them in hex. Only where the page is a secure context. */
const sha256 = async (text: string): Promise<string> =>
  `${new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))}`;

/**
 * Hands over a copy of `fields` with the hashes of e-mail and phone in their place: at once when there are none, else a
 * moment later. An `id` that is an address or an international number counts as one. What cannot be hashed, or is a local number of
 * an unknown country, is left out.
 */
export const hashed = async (fields: Fields, then: (safe: Fields) => void, id?: unknown): Promise<void> => {
  let {
    email = /@/.test(id as string) && id,
    phone_number = /^\+[\d -]{9,}$/.test(id as string) && id,
    phone,
    ...safe
  } = fields;
  try {
    // One spelling for each address and number, the collector's.
    const number = `${phone || phone_number}`
      .replace(/[^\d+]/g, '')
      .replace(/^00/, '+')
      .replace(/^0/, options.calling!);
    if (options.plain) safe = fields;
    else {
      if (email) safe['e256'] = await sha256(`${email}`.trim().toLowerCase());
      // Begins with a plus, and is more than a country's prefix, which forms fill in.
      if (number[6] && number < '0') safe['p256'] = await sha256(number);
    }
  } catch (error) {
    say(error);
  }
  guarded(then)(safe);
};
