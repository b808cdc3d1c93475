import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'hono';
import { HeldByCall } from '../held-by-call.ts';
import type { HeldBytes } from '../held-bytes.ts';
import type { Answer, Call } from './call.ts';
import { overloaded } from './failure.ts';

interface NodeBindings {
  incoming?: { headers: IncomingHttpHeaders; socket?: { remoteAddress?: string } };
}

/** A call that came through Hono. */
export class HonoCall implements Call {
  readonly #context: Context;
  readonly #held: HeldByCall;

  constructor(context: Context, held: HeldBytes) {
    this.#context = context;
    this.#held = new HeldByCall(held, this);
  }

  get peer(): string {
    return (this.#context.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '';
  }

  header(name: string): string | undefined {
    return this.#context.req.header(name);
  }

  param(name: string): string | undefined {
    return this.#context.req.param(name);
  }

  url(): URL {
    return new URL(this.#context.req.url);
  }

  /** Reads a body of unknown length and stops at the limit. */
  async body(bytes_max: number): Promise<Buffer | undefined> {
    const { body } = this.#context.req.raw;
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > bytes_max) return undefined;
      this.hold(part.length);
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  hold(bytes: number): void {
    if (!this.#held.take(bytes)) throw overloaded();
  }

  end(): void {
    this.#held.end();
  }
}

export const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(status === 204 || status === 304 ? null : body, { status, headers });
