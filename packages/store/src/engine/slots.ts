import { Refusal, TOO_MANY_QUERIES } from './failure.ts';

/** So many at a time, so many waiting in line, in order; beyond that the caller is told at once. */
export class Slots {
  #free: number;
  readonly #waiting_max: number;
  readonly #waiting: (() => void)[] = [];

  constructor(limits: { running_max: number; waiting_max: number }) {
    this.#free = limits.running_max;
    this.#waiting_max = limits.waiting_max;
  }

  /** Runs `work` when a slot is free. Throws `Refusal` when the line is full. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else if (this.#waiting.length >= this.#waiting_max) {
      throw new Refusal(TOO_MANY_QUERIES, `Too many queries are waiting (limit ${this.#waiting_max})`);
    } else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
