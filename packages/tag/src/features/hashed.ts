import { say } from '../listen.ts';
import { options } from '../options.ts';

type Fields = Record<string, unknown>;

/** SHA-256 of the UTF-8 text, as its bytes with commas between; the collector writes them in hex. Only where the page is a secure context. */
const sha256 = async (text: string): Promise<string> =>
  `${new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))}`;

/**
 * Hands over a copy of `fields` with the hashes of e-mail and phone in their place: at once when there are none, else a
 * moment later; `then` must not throw. What cannot be hashed, or is a local number of an unknown country, is left out.
 */
export const hashed = async (
  fields: Fields | undefined,
  then: (safe: Fields | undefined) => void,
): Promise<void> => {
  const { email, phone, ...safe } = fields || {};
  if (options.plain || !(email || phone)) return then(fields);
  // One spelling for each address and number, the collector's.
  const number = `${phone}`
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+')
    .replace(/^0/, options.calling!);
  try {
    if (email) safe['email_sha256'] = await sha256(`${email}`.trim().toLowerCase());
    if (number[0] === '+') safe['phone_sha256'] = await sha256(number);
  } catch (error) {
    say(error);
  }
  then(safe);
};
