import { type Fields, own, textOf } from '../steps/text.ts';
import type { Call } from './call.ts';
import { Failure } from './failure.ts';
import { type Services, siteOfWriteKey } from './services.ts';

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

/**
 * Reads the body. When it cannot be read, the refusal counts for the site whose key the headers carry, and for none
 * without such a key. A flood of these costs no write each: `Refusals` adds them up in memory and writes one record
 * for every site and hour, four times a second at most; and wrong keys are remembered by the site directory.
 */
export async function readFor<T>(
  services: Services,
  call: Call,
  read: (call: Call) => Promise<T>,
): Promise<T> {
  try {
    return await read(call);
  } catch (error) {
    const key = keyOfHeaders(call);
    if (!(error instanceof Failure) || !key) throw error;
    const site = await siteOfWriteKey(services, key, 0).catch((cause: unknown) => {
      // No such key, or nobody to ask now: the body is no better for it, and its own fault is the answer.
      if (cause instanceof Failure) return undefined;
      throw cause;
    });
    throw site ? error.of(site.site) : error;
  }
}
