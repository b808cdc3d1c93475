// A flood from a process of its own, which costs the sender next to nothing: every connection sends the same large batch
// with new event ids as soon as it has its answer, and comes back at once when it was cut off.
// Usage: node flood.mjs '{"url","site","connections","events","seconds"}'. Prints one JSON object: answers by status
// (0: cut off without one), those 503 without Retry-After, the ids that were acknowledged as [first, count] pairs.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const { url, site, connections, events, seconds } = JSON.parse(process.argv[2]);
const { hostname, port } = new URL(url);
const MARK = '#'.repeat(10);
const now = Date.now();
const body = JSON.stringify({
  site,
  visitor: 'flood',
  sent_at: now,
  events: Array.from({ length: events }, (_, seq) => ({
    id: MARK,
    name: 'page_viewed',
    at: now,
    seq,
    session: '',
    url: 'https://shop.example/collections/green-tea',
    title: 'Green tea',
  })),
});
const head = `POST /e HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
const request = Buffer.from(head + body);
const places = [];
for (let at = request.indexOf(MARK); at >= 0; at = request.indexOf(MARK, at + MARK.length)) places.push(at);

let next = 0;
let unadvised = 0;
const statuses = {};
const acknowledged = [];
const end_at = performance.now() + seconds * 1000;

/** One connection from its opening to its end. */
function connection() {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let first = 0;
    let waits = false;
    let text = '';
    const send = () => {
      if (performance.now() >= end_at) return socket.end();
      const bytes = Buffer.from(request);
      first = next;
      for (const place of places) bytes.write(String(next++).padStart(MARK.length, '0'), place, 'latin1');
      waits = true;
      socket.write(bytes);
    };
    socket.on('connect', send);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (!waits || end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < end + 4 + length) return;
      waits = false;
      const status = Number(text.slice(9, 12));
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 200) acknowledged.push([first, events]);
      if (status === 503 && !/retry-after: \d/i.test(text)) unadvised += 1;
      const stays = !/connection: close/i.test(text);
      text = '';
      if (stays) send();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (waits) statuses[0] = (statuses[0] ?? 0) + 1;
      resolve();
    });
  });
}

async function client() {
  while (performance.now() < end_at) await connection();
}

await Promise.all(Array.from({ length: connections }, client));
console.log(JSON.stringify({ statuses, unadvised, acknowledged, id_chars: MARK.length }));
