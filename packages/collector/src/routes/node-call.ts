import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeldByCall } from '../held-by-call.ts';
import type { HeldBytes } from '../held-bytes.ts';
import type { Answer, Call } from './call.ts';
import { Failure, overloaded } from './failure.ts';
import { Pieces } from './pieces.ts';

/** What is left of a body that nobody reads may still arrive for this long, so that the sender gets its answer. */
const REST_MS_MAX = 500;
/** More of it is not read: what is read and dropped stays in memory until it is collected. */
const REST_BYTES_MAX = 4 * 1024 * 1024;

/** A call straight from Node's server: no Request, Headers, stream or URL is made for it unless a route asks. */
export class NodeCall implements Call {
  readonly #incoming: IncomingMessage;
  readonly #held: HeldByCall;

  constructor(incoming: IncomingMessage, held: HeldBytes) {
    this.#incoming = incoming;
    this.#held = new HeldByCall(held, this);
  }

  get peer(): string {
    return this.#incoming.socket.remoteAddress ?? '';
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  }

  param(): undefined {
    return undefined;
  }

  url(): URL {
    const { headers, url } = this.#incoming;
    const host = headers.host ?? '';
    return new URL(`http://${/^[\w.:[\]-]+$/.test(host) ? host : 'localhost'}${url ?? '/'}`);
  }

  body(bytes_max: number): Promise<Buffer | undefined> {
    const incoming = this.#incoming;
    return new Promise((resolve, reject) => {
      let first: Buffer | undefined;
      let pieces: Pieces | undefined;
      let bytes = 0;
      incoming.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > bytes_max) {
          incoming.removeAllListeners('data');
          resolve(undefined);
        } else if (!this.#held.take(part.length)) {
          incoming.removeAllListeners('data');
          reject(overloaded());
        } else if (!first) first = part;
        else {
          if (!pieces) {
            pieces = new Pieces();
            pieces.add(first);
          }
          pieces.add(part);
        }
      });
      incoming.on('end', () => resolve(pieces ? pieces.whole() : (first ?? Buffer.alloc(0))));
      // There is nobody left to tell; the route ends here.
      const brokeOff = () => reject(new Failure(400, 'malformed', 'The body broke off; send it again.'));
      incoming.on('error', brokeOff);
      incoming.on('aborted', brokeOff);
    });
  }

  hold(bytes: number): void {
    if (!this.#held.take(bytes)) throw overloaded();
  }

  end(): void {
    this.#held.end();
  }
}

/** Sends the answer, and keeps the connection only when the request was read to its end. */
export function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: Answer,
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  if (incoming.complete) {
    outgoing.writeHead(status, { ...headers, 'content-length': length });
    const { socket } = outgoing;
    if (socket && typeof body === 'string' && body !== '') {
      // Head and body leave as one piece; `end(body)` would hand the system a list of them.
      socket.cork();
      outgoing.write(body);
      socket.uncork();
      outgoing.end();
    } else outgoing.end(body);
    return;
  }
  outgoing.writeHead(status, { ...headers, 'content-length': length, connection: 'close' });
  // `end` would close the socket at once, and bytes that still come in turn that into a reset, which takes the answer
  // with it now and then. The sender has all of the answer with this write.
  outgoing.write(body);
  let rest_bytes = 0;
  incoming.on('data', (part: Buffer) => {
    rest_bytes += part.length;
    if (rest_bytes > REST_BYTES_MAX) incoming.pause();
  });
  incoming.on('error', () => undefined).resume();
  incoming.once('end', () => outgoing.end());
  const timer = setTimeout(() => incoming.socket.destroy(), REST_MS_MAX);
  incoming.socket.once('close', () => clearTimeout(timer));
}
