import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BAD_ARGUMENTS, Refusal, TOO_LARGE } from './failure.ts';

/** One body, inflated. The loader's blocks are some 10 MB. */
const BODY_BYTES_MAX = 256 * 1024 * 1024;

const inflate = promisify(gunzip);

/** The whole body of a request. Throws `Refusal` when it is above the limit or in an unknown encoding. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw tooLarge();
    parts.push(part);
  }
  const body = Buffer.concat(parts, bytes);
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity' || body.length === 0) return body;
  if (encoding !== 'gzip') throw new Refusal(BAD_ARGUMENTS, 'The body is in an encoding other than gzip');
  try {
    return await inflate(body, { maxOutputLength: BODY_BYTES_MAX });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new Refusal(BAD_ARGUMENTS, 'The body is not valid gzip');
  }
}

const tooLarge = () => new Refusal(TOO_LARGE, `The body is above ${BODY_BYTES_MAX} bytes`);

/** The text of a body that the engine has to parse as SQL. Bytes that are not UTF-8 would change on the way. */
export function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new Refusal(BAD_ARGUMENTS, 'The body is not UTF-8');
  }
}
