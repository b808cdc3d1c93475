import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type Coding = 'br' | 'gzip' | 'identity';

type Body = Buffer<ArrayBuffer>;

const HASH_CHARS = 12;

/** What stands in the name of a build for its content. */
export const hashOf = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, HASH_CHARS);

const COMPRESS: Readonly<Record<Coding, (plain: Body) => Body>> = {
  br: (plain) =>
    brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
  gzip: (plain) => gzipSync(plain, { level: 9 }),
  identity: (plain) => plain,
};

/** One build of the tag with every body it may be asked for, each made once, when it is first asked for (br: some 20 ms). */
export class TagScript {
  readonly hash: string;
  /** What a page's `integrity` says of it. */
  readonly integrity: string;
  readonly #plain: Body;
  readonly #bodies: Partial<Record<Coding, Body>> = {};

  constructor(bytes: Uint8Array) {
    this.#plain = Buffer.from(bytes);
    this.hash = hashOf(this.#plain);
    this.integrity = `sha384-${createHash('sha384').update(this.#plain).digest('base64')}`;
  }

  body(coding: Coding): Body {
    this.#bodies[coding] ??= COMPRESS[coding](this.#plain);
    return this.#bodies[coding];
  }
}
