// A load on raw keep-alive sockets: each connection sends one request, waits for its answer, sends the next; with
// `events_per_s`, not before its turn. Latencies count from the turn, so a server that falls behind shows it.
// Prints one JSON line: what was sent, what was acknowledged, and the latencies.
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const { url, path, connections, seconds, events_per_request, site, events_per_s } = JSON.parse(
  process.argv[2],
);
/** Between two requests of one connection. */
const period_ms = events_per_s ? (1000 * connections * events_per_request) / events_per_s : 0;
const { hostname, port } = new URL(url);
const ID_DIGITS = 12;
const run = Math.random().toString(36).slice(2, 8);

/** One request as bytes, and where in it the numbers of its event ids stand. */
function template() {
  const now = Date.now();
  const session = `${now.toString(36)}.bench`;
  const event = (index) => ({
    id: `${run}${'#'.repeat(ID_DIGITS)}`,
    name: 'page_viewed',
    at: now - 50 + index,
    seq: index,
    session,
    url: 'https://shop.example/collections/green-tea?utm_source=newsletter',
    title: 'Green tea',
    referrer: 'https://shop.example/',
    reader: 'page',
  });
  const body = JSON.stringify({
    site,
    visitor: `v${'#'.repeat(ID_DIGITS)}`,
    sent_at: now,
    sessions: {
      [session]: { url: 'https://shop.example/?utm_source=newsletter&utm_medium=email', referrer: '' },
    },
    events: Array.from({ length: events_per_request }, (_, index) => event(index)),
  });
  const head = `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: text/plain;charset=UTF-8\r\nuser-agent: Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  const bytes = Buffer.from(head + body);
  const places = [];
  for (
    let at = bytes.indexOf('#'.repeat(ID_DIGITS));
    at >= 0;
    at = bytes.indexOf('#'.repeat(ID_DIGITS), at + ID_DIGITS)
  )
    places.push(at);
  return { bytes, places, body_bytes: Buffer.byteLength(body) };
}

let next_id = 0;
let acknowledged = 0;
let refused = 0;
const latencies = [];
const end_at = performance.now() + seconds * 1000;

function client() {
  return new Promise((resolve, reject) => {
    const { bytes, places } = template();
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sent_at = 0;
    let pending = '';
    let turn_at = performance.now() + Math.random() * period_ms;
    const next = () => {
      if (period_ms === 0) return send();
      turn_at += period_ms;
      const early_ms = turn_at - performance.now();
      if (early_ms > 0) setTimeout(send, early_ms);
      else send();
    };
    const send = () => {
      if (performance.now() >= end_at) {
        socket.end();
        return resolve();
      }
      for (const place of places) bytes.write(String(next_id++).padStart(ID_DIGITS, '0'), place, 'latin1');
      sent_at = period_ms === 0 ? performance.now() : Math.min(turn_at, performance.now());
      socket.write(bytes);
    };
    socket.on('connect', next);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      const head_end = pending.indexOf('\r\n\r\n');
      if (head_end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
      if (pending.length < head_end + 4 + length) return;
      const status = Number(pending.slice(9, 12));
      pending = '';
      latencies.push(performance.now() - sent_at);
      if (status >= 200 && status < 300) acknowledged += 1;
      else refused += 1;
      next();
    });
  });
}

const started_at = performance.now();
await Promise.all(Array.from({ length: connections }, client));
const elapsed_s = (performance.now() - started_at) / 1000;
latencies.sort((a, b) => a - b);
const quantile = (share) =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
console.log(
  JSON.stringify({
    requests_per_s: acknowledged / elapsed_s,
    events_per_s: (acknowledged * events_per_request) / elapsed_s,
    acknowledged_events: acknowledged * events_per_request,
    refused,
    p50_ms: quantile(0.5),
    p99_ms: quantile(0.99),
    elapsed_s,
    body_bytes: template().body_bytes,
  }),
);
