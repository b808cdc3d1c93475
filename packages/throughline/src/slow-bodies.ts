import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface SlowBodyLimits {
  /** A request may take this long before its pace is looked at. */
  grace_ms: number;
  /** Slower than this on average, or without a byte for another `grace_ms`, and it is cut. */
  bytes_per_s_min: number;
  check_ms: number;
}

interface Latest {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  since_ms: number;
  bytes_before: number;
  /** As it was when its latest bytes were seen. */
  bytes: number;
  moved_ms: number;
}

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

/**
 * Cuts requests whose body dribbles in. Node's own time-outs bound a request as a whole; with them alone, one that is
 * honest on a slow line and one that sends a byte now and then have the same time.
 */
export function cutSlowBodies(server: Server, limits: SlowBodyLimits, now: () => number = Date.now): void {
  const latest = new Map<Socket, Latest | undefined>();
  server.on('connection', (socket) => {
    latest.set(socket, undefined);
    socket.once('close', () => latest.delete(socket));
  });
  server.prependListener('request', (incoming, outgoing) => {
    const { socket } = incoming;
    const at = now();
    const bytes = socket.bytesRead;
    latest.set(socket, { incoming, outgoing, since_ms: at, bytes_before: bytes, bytes, moved_ms: at });
  });
  const timer = setInterval(() => {
    for (const [socket, request] of latest) if (request && tooSlow(socket, request)) cut(socket, request);
  }, limits.check_ms).unref();
  server.once('close', () => clearInterval(timer));

  function tooSlow(socket: Socket, request: Latest): boolean {
    const at = now();
    if (socket.bytesRead > request.bytes) {
      request.bytes = socket.bytesRead;
      request.moved_ms = at;
    }
    const passed_ms = at - request.since_ms;
    if (request.incoming.complete || passed_ms < limits.grace_ms) return false;
    if (at - request.moved_ms >= limits.grace_ms) return true;
    return (request.bytes - request.bytes_before) / (passed_ms / 1000) < limits.bytes_per_s_min;
  }
}

function cut(socket: Socket, { outgoing }: Latest): void {
  if (outgoing.headersSent) socket.destroy();
  else socket.end(TOO_SLOW, () => socket.destroy());
}
