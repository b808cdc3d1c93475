import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from 'hono';
import type { Answer, Call } from './call.ts';

interface NodeBindings {
  incoming?: { headers: IncomingHttpHeaders; socket?: { remoteAddress?: string } };
}

/** A call that came through Hono. */
export const honoCall = (context: Context): Call => ({
  header: (name) => context.req.header(name),
  param: (name) => context.req.param(name),
  url: () => new URL(context.req.url),
  peer: (context.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '',
  body: (bytes_max) => read(context.req.raw.body, bytes_max),
});

/** Reads a body of unknown length and stops at the limit. */
async function read(body: ReadableStream | null, bytes_max: number): Promise<Buffer | undefined> {
  if (!body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > bytes_max) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export const responseOf = ({ status, headers, body }: Answer): Response =>
  new Response(status === 204 || status === 304 ? null : body, { status, headers });
