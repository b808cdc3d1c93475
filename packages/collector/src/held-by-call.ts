import type { HeldBytes } from './held-bytes.ts';
import type { Call } from './routes/call.ts';

/** What of a call counts for nobody's share: most calls are smaller, and cost no look at who sent them. */
const FREE_BYTES = 16 * 1024;

/** The bytes that one call keeps in memory. */
export class HeldByCall {
  readonly #held: HeldBytes;
  readonly #call: Pick<Call, 'header' | 'peer'>;
  #free = 0;
  #charged = 0;
  #sender = '';

  constructor(held: HeldBytes, call: Pick<Call, 'header' | 'peer'>) {
    this.#held = held;
    this.#call = call;
  }

  /** Counts `bytes` more, or takes none of them and gives false. */
  take(bytes: number): boolean {
    if (this.#charged === 0 && this.#free + bytes <= FREE_BYTES) {
      if (!this.#held.take(bytes, '')) return false;
      this.#free += bytes;
      return true;
    }
    if (this.#charged === 0) this.#sender = this.#held.senderOf(this.#call);
    if (!this.#held.take(bytes, this.#sender)) return false;
    this.#charged += bytes;
    return true;
  }

  /** Nothing is held any more. */
  end(): void {
    this.#held.give(this.#free, '');
    this.#held.give(this.#charged, this.#sender);
    this.#free = 0;
    this.#charged = 0;
  }
}
