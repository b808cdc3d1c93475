/** Runs the tasks handed to it one after another, in order. A task that fails does not stop the next. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task, task);
    // Only the order is kept here; the failure itself goes to the caller through `result`.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
