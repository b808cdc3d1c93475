import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** Written before it looks for an answer. */
const PARTS_UNHEARD_MAX = 256;

/** What came back on a socket until it closed. */
export interface RawAnswer {
  /** Of every answer on it, in order. */
  statuses: number[];
  text: string;
}

export interface RawOptions {
  url: string;
  /** Written one after another, each when the socket has room. */
  parts: Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;
  /** Whether the sender says that it will send nothing more. */
  half_close?: boolean;
  /** Then the socket is destroyed. */
  ms_max: number;
}

/** Sends bytes as they are, whatever they are. Resolves when the socket is closed, by whomever. */
export function sendRaw({ url, parts, half_close = true, ms_max }: RawOptions): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const closed = new Promise<void>((gone) => socket.once('close', () => gone()));
    let text = '';
    const timer = setTimeout(() => socket.destroy(), ms_max);
    socket.on('data', (part) => {
      text += part.toString('latin1');
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((found) => Number(found[1]));
      resolve({ statuses: statuses.filter((status) => status !== 100), text });
    });
    socket.on('connect', async () => {
      let written = 0;
      for await (const part of parts) {
        if (socket.destroyed || socket.writableEnded) return;
        // Listens now and then, as any client does: a server that reads faster than this writes would not be heard before it hangs up.
        if (++written % PARTS_UNHEARD_MAX === 0) await setImmediate();
        if (!socket.write(part)) await Promise.race([new Promise((go) => socket.once('drain', go)), closed]);
      }
      if (half_close) socket.end();
    });
  });
}
