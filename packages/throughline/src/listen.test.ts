import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { capAddresses } from './address-cap.ts';
import { type Listener, listen, type ServerLimits } from './listen.ts';

let listener: Listener | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener?.close();
  listener = undefined;
});

/** A server that answers what it was sent, with these limits. */
async function serve(limits: Partial<ServerLimits>): Promise<number> {
  listener = await listen(
    { fetch: async (request) => new Response(await request.text()) },
    { host: '127.0.0.1', port: 0, limits },
  );
  return Number(new URL(listener.url).port);
}

interface Talk {
  socket: Socket;
  /** Everything the server said until it closed the connection. */
  said: Promise<string>;
}

function open(port: number): Talk {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  let text = '';
  socket.on('data', (part) => {
    text += part;
  });
  socket.on('error', () => undefined);
  return { socket, said: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

/** Sends a text one piece after another, until the connection is gone. */
function dribble({ socket }: Talk, pieces: Iterable<string>, every_ms: number): void {
  const rest = pieces[Symbol.iterator]();
  const timer = setInterval(() => {
    const { value, done } = rest.next();
    if (done || socket.destroyed) clearInterval(timer);
    else socket.write(value);
  }, every_ms);
  socket.once('close', () => clearInterval(timer));
}

const QUICK: Partial<ServerLimits> = {
  check_ms: 20,
  headers_ms_max: 200,
  body_grace_ms: 200,
  request_ms_max: 5_000,
};
const HEAD = 'POST / HTTP/1.1\r\nhost: x\r\n';

describe('a client that sends slowly', () => {
  it('is cut when it says nothing at all', async () => {
    expect(await open(await serve(QUICK)).said).toContain('408');
  });

  it('is cut while its headers dribble in', async () => {
    const talk = open(await serve(QUICK));
    talk.socket.write('GET / HTTP/1.1\r\nhost: x\r\n');
    dribble(talk, `x-slow: ${'x'.repeat(10_000)}`, 10);
    expect(await talk.said).toContain('408');
  });

  it('is cut while its body dribbles in, of known length or in chunks', async () => {
    const port = await serve(QUICK);
    const known = open(port);
    known.socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    dribble(known, 'x'.repeat(1000), 10);
    const chunked = open(port);
    chunked.socket.write(`${HEAD}transfer-encoding: chunked\r\n\r\n`);
    dribble(chunked, Array(1000).fill('1\r\nx\r\n'), 10);
    expect(await Promise.all([known.said, chunked.said])).toEqual([
      expect.stringMatching(/^HTTP\/1.1 408 /),
      expect.stringMatching(/^HTTP\/1.1 408 /),
    ]);
  });

  it('is cut when its body does not come', async () => {
    const talk = open(await serve(QUICK));
    talk.socket.write(`${HEAD}content-length: 1000\r\n\r\n`);
    expect(await talk.said).toMatch(/^HTTP\/1.1 408 /);
  });

  it('is cut when most of its body comes at once, and the rest does not', async () => {
    const talk = open(await serve(QUICK));
    talk.socket.write(`${HEAD}content-length: 500001\r\n\r\n${'x'.repeat(500_000)}`);
    expect(await talk.said).toMatch(/^HTTP\/1.1 408 /);
  });

  it('is heard to its end at a fair pace', async () => {
    const talk = open(await serve({ ...QUICK, body_bytes_per_s_min: 1_000 }));
    talk.socket.write(`${HEAD}content-length: 4000\r\nconnection: close\r\n\r\n`);
    dribble(talk, Array(40).fill('x'.repeat(100)), 10);
    expect(await talk.said).toMatch(/^HTTP\/1.1 200 .*x{4000}$/s);
  });

  it('is cut at the end of its time at any pace', async () => {
    const talk = open(await serve({ ...QUICK, body_bytes_per_s_min: 1, request_ms_max: 400 }));
    talk.socket.write(`${HEAD}content-length: 100000\r\n\r\n`);
    dribble(talk, Array(1000).fill('x'.repeat(100)), 10);
    expect(await talk.said).toMatch(/^HTTP\/1.1 408 /);
  });
});

describe('connections', () => {
  it('that are idle are closed', async () => {
    const talk = open(await serve({ ...QUICK, idle_ms_max: 100 }));
    talk.socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await talk.said).toMatch(/^HTTP\/1.1 200 /);
  });

  it('beyond the most that the process holds are closed at once', async () => {
    const port = await serve({ connections_max: 2 });
    const kept = [open(port), open(port)];
    await Promise.all(
      kept.map(({ socket }) => new Promise<void>((resolve) => socket.once('connect', resolve))),
    );
    expect(await open(port).said).toBe('');
    expect(kept.map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  });

  it('beyond the most of one address are closed at once, until others of it end', async () => {
    const server = createServer((_incoming, outgoing) => outgoing.end('ok'));
    capAddresses(server, 1, () => false);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const first = open(port);
    await new Promise<void>((resolve) => server.once('connection', () => resolve()));
    expect(await open(port).said).toBe('');
    first.socket.end();
    await first.said;
    const later = open(port);
    later.socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    expect(await later.said).toMatch(/^HTTP\/1.1 200 /);
    await new Promise((resolve) => server.close(resolve));
  });

  it('of this machine are not counted by address', async () => {
    const port = await serve({ connections_per_address_max: 1 });
    const both = [open(port), open(port)];
    for (const { socket } of both) socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
    for (const { said } of both) expect(await said).toMatch(/^HTTP\/1.1 200 /);
  });
});
