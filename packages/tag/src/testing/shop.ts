import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { named, namedBatch, type WireBatch, type WireEvent } from '@throughline/contract';

const builds = new URL('../../dist/', import.meta.url);

export interface Received extends Omit<WireBatch, 'events'> {
  events: WireEvent[];
  /** `Sec-Fetch-Mode`: `no-cors` for a beacon, `cors` for a fetch. */
  mode: string;
  contentType: string;
}

/** A shop of any pages with the tag in them, and a collector that only remembers. One origin, one port. */
export interface Shop {
  origin: string;
  batches: Received[];
  /** Paths of the pages and scripts that were asked for. */
  visits: string[];
  events(): WireEvent[];
  /** Answers of the next batches, before 200 is given again; JSON unless they say otherwise, and given when this is kept. */
  answers: { status: number; headers?: Record<string, string>; body?: string; when?: Promise<void> }[];
  /** Put before the tag's own line on every page. */
  head: string;
  /** Attributes of the tag's line. */
  attributes: string;
  /** A request to `/gate` is answered when this is kept. */
  gate: Promise<void>;
  /** Waits for what is about to arrive. */
  until(met: (shop: Shop) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Opens the shop with one of the two builds, on a free port of 127.0.0.1; `npm run build` must have made the tag. */
export async function openShop(build: 'core' | 'complete' = 'complete'): Promise<Shop> {
  const tag = readFileSync(new URL(`${build}.js`, builds), 'utf8');
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    await answer(request, response);
    for (const check of waiting) check();
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url!, 'http://shop');
    if (pathname === '/e') {
      const batch = namedBatch(JSON.parse(await bodyOf(request))) as WireBatch;
      const { status, headers, body = '{}', when } = shop.answers.shift() ?? { status: 200 };
      await when;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
      shop.batches.push({
        ...batch,
        // The tag puts the newest first, and orders those of one moment by `seq` alone.
        events: (batch.events.map(named) as WireEvent[]).sort((a, b) => a.at - b.at || a.seq - b.seq),
        mode: String(request.headers['sec-fetch-mode']),
        contentType: String(request.headers['content-type']),
      });
    } else if (pathname === '/gate') {
      await shop.gate;
      response.end();
    } else if (pathname === '/t.js') {
      shop.visits.push(pathname);
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(tag);
    } else {
      shop.visits.push(pathname);
      response.writeHead(200, { 'content-type': 'text/html' }).end(
        `<!doctype html><html><head><title>Page ${pathname}</title>${shop.head}
<script defer src="/t.js" data-site="shop" data-debug="console" ${shop.attributes}></script></head>
<body><a id="next" href="/next">next</a></body></html>`,
      );
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const shop: Shop = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    batches: [],
    visits: [],
    answers: [],
    head: '',
    attributes: '',
    gate: Promise.resolve(),
    events: () => shop.batches.flatMap((batch) => batch.events),
    until: (met) =>
      new Promise((resolve, reject) => {
        const check = () => {
          if (!met(shop)) return;
          waiting.delete(check);
          clearTimeout(tooLong);
          resolve();
        };
        const tooLong = setTimeout(() => {
          waiting.delete(check);
          reject(new Error(`not met after 15 s; received: ${JSON.stringify(shop.batches, null, 1)}`));
        }, 15_000);
        waiting.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return shop;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += chunk;
  return text;
}
