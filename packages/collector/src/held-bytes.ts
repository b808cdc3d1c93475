import type { Call } from './routes/call.ts';

export interface HeldBytesMax {
  /** Over all requests. */
  all: number;
  /** Of the requests of one sender. */
  of_sender: number;
}

/**
 * How many bytes of request bodies are in memory at one moment, and the bounds on it. One sender has a share only: else a
 * hundred bodies that stop before their end would leave no room for anybody else's.
 */
export class HeldBytes {
  /** Whose share a call counts for; '' for nobody's. */
  readonly senderOf: (call: Pick<Call, 'header' | 'peer'>) => string;
  readonly #max: HeldBytesMax;
  readonly #senders = new Map<string, number>();
  #bytes = 0;

  constructor(max: HeldBytesMax, senderOf: HeldBytes['senderOf'] = () => '') {
    this.#max = max;
    this.senderOf = senderOf;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Counts `bytes` more, or takes none of them and gives false. `sender`: '' for one that has no share. */
  take(bytes: number, sender: string): boolean {
    if (this.#bytes + bytes > this.#max.all) return false;
    if (sender !== '') {
      const held = (this.#senders.get(sender) ?? 0) + bytes;
      if (held > this.#max.of_sender) return false;
      this.#senders.set(sender, held);
    }
    this.#bytes += bytes;
    return true;
  }

  give(bytes: number, sender: string): void {
    this.#bytes -= bytes;
    if (sender === '' || bytes === 0) return;
    const held = (this.#senders.get(sender) ?? 0) - bytes;
    if (held > 0) this.#senders.set(sender, held);
    else this.#senders.delete(sender);
  }
}
