/** ClickHouse types that a caller's value may be bound as. */
export type BoundType = 'String' | 'Int64' | 'Float64' | 'Array(String)' | 'Array(Float64)';

/**
 * Hands out `{p1:String}` placeholders and keeps the values: the only way a caller's value reaches a
 * statement. The same value bound twice gets one placeholder.
 */
export class Bindings {
  readonly params: Record<string, unknown> = {};
  readonly #placeholders = new Map<string, string>();

  bind(type: BoundType, value: string | number | readonly string[] | readonly number[]): string {
    const known = `${type} ${JSON.stringify(value)}`;
    const existing = this.#placeholders.get(known);
    if (existing !== undefined) return existing;
    const name = `p${this.#placeholders.size + 1}`;
    this.params[name] = value;
    const placeholder = `{${name}:${type}}`;
    this.#placeholders.set(known, placeholder);
    return placeholder;
  }

  text(value: string): string {
    return this.bind('String', value);
  }
}
