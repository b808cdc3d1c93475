import { type Fields, own, textOf } from '../steps/text.ts';
import type { Call } from './call.ts';

/** By Basic auth (as the user name) or Bearer; undefined for neither. */
function keyOfHeaders(call: Call): string | undefined {
  const [scheme = '', value = ''] = (call.header('authorization') ?? '').split(' ', 2);
  if (/^basic$/i.test(scheme)) return Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  if (/^bearer$/i.test(scheme)) return value;
  return undefined;
}

/** By Basic auth (as the user name), Bearer, or `writeKey` in the body. */
export const writeKeyOf = (call: Call, body: Fields): string =>
  keyOfHeaders(call) ?? textOf(own(body, 'writeKey'), 200);
