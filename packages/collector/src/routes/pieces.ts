/** A piece below this is copied. */
const SMALL_BYTES = 1_024;
const BLOCK_BYTES = 16 * 1_024;

/**
 * Collects a body that comes in pieces of any size. A Buffer weighs some 300 bytes whatever it holds, so half a megabyte
 * sent a byte a chunk took 170 MB as a list of its pieces: small ones are copied together.
 */
export class Pieces {
  readonly #parts: Buffer[] = [];
  #block: Buffer | undefined;
  #used = 0;

  add(piece: Buffer): void {
    if (piece.length >= SMALL_BYTES) {
      this.#endBlock();
      this.#parts.push(piece);
      return;
    }
    if (this.#block && this.#used + piece.length > BLOCK_BYTES) this.#endBlock();
    this.#block ??= Buffer.allocUnsafe(BLOCK_BYTES);
    this.#used += piece.copy(this.#block, this.#used);
  }

  whole(): Buffer {
    this.#endBlock();
    return Buffer.concat(this.#parts);
  }

  #endBlock(): void {
    if (this.#block) this.#parts.push(this.#block.subarray(0, this.#used));
    this.#block = undefined;
    this.#used = 0;
  }
}
