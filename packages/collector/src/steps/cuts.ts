import { LIMITS } from '@throughline/contract';
import { withoutEmails } from './privacy.ts';

const NAMES_MAX = 10;

/** What of one event could not be kept: told in its property `properties_cut`, so that nothing is left out in silence. */
export class Cuts {
  #count = 0;
  readonly #names = new Set<string>();
  #more = false;

  get none(): boolean {
    return this.#count === 0;
  }

  /** `values` of the property `name` were cut or left out. */
  add(name: string, values = 1): void {
    this.#count += values;
    if (this.#names.size < NAMES_MAX) this.#names.add(name.slice(0, LIMITS.key_chars_max));
    else if (!this.#names.has(name)) this.#more = true;
  }

  /** `2: total, a.b`: how many values, and the names of the first ten properties. */
  text(): string {
    const names = [...this.#names].filter((name) => name !== '');
    if (this.#more) names.push('…');
    return withoutEmails(names.length === 0 ? String(this.#count) : `${this.#count}: ${names.join(', ')}`);
  }
}
