import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { LIMITS } from '@throughline/contract';
import { Gate } from '../gate.ts';
import { ADVICE } from './advice.ts';
import { overloaded, refusal } from './failure.ts';

const unpack = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  raw: promisify(inflateRaw),
  br: promisify(brotliDecompress),
};

export type Encoding = 'gzip' | 'deflate' | 'br';
export const ENCODINGS: readonly string[] = ['gzip', 'deflate', 'br'] satisfies Encoding[];

/** zlib works on the threads that fdatasync needs as well, so only some of them are lent to it. */
const gate = new Gate(LIMITS.inflations_max, LIMITS.inflations_waiting_max);

/** `deflate` means zlib's format (RFC 9110, 8.4.1.2), but some senders leave out its two bytes of head. */
const isRaw = (sent: Buffer): boolean =>
  sent.length < 2 || (sent[0]! & 0x0f) !== 8 || sent.readUInt16BE(0) % 31 !== 0;

/** The bytes of a compressed body, at most LIMITS.body_bytes_max. Throws Failure. */
export async function inflated(sent: Buffer, encoding: Encoding): Promise<Buffer> {
  const way = encoding === 'deflate' && isRaw(sent) ? 'raw' : encoding;
  const work = gate.run(() => unpack[way](sent, { maxOutputLength: LIMITS.body_bytes_max }));
  if (!work) throw overloaded();
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw refusal(413, 'too_large', ADVICE.too_large);
    throw refusal(
      400,
      'malformed',
      `The body is not ${encoding}; compress it, or leave out content-encoding.`,
    );
  }
}
