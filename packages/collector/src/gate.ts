/** Lets a number of works run at one moment and a number of others wait for it. */
export class Gate {
  readonly #running_max: number;
  readonly #waiting_max: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(running_max: number, waiting_max: number) {
    this.#running_max = running_max;
    this.#waiting_max = waiting_max;
  }

  /** What `work` gives, in its turn; undefined when too many wait already. */
  run<Result>(work: () => Promise<Result>): Promise<Result> | undefined {
    if (this.#running >= this.#running_max && this.#waiting.length >= this.#waiting_max) return undefined;
    return this.#turn(work);
  }

  async #turn<Result>(work: () => Promise<Result>): Promise<Result> {
    // Who ends hands its place to the next one, so nobody overtakes.
    if (this.#running < this.#running_max) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
