// `npm run bench -- tag`: what each feature of the tag weighs, and what a load costs the page beside an empty one and
// beside OpenPanel's tag, in one run. Exits with 1 when a budget is not held.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { rollup } from 'rollup';
import { transpiled } from '../../packages/tag/build/bundle.mjs';
import { shrink } from '../../packages/tag/build/shrink.mjs';

const LOADS = Number(process.env.LOADS ?? 25);
const THROTTLE = 4;
/** After the load; the tag's own waits are done by then. */
const SETTLED_MS = 2_000;
const BUDGET = { core_bytes: 1_950, complete_bytes: 4_096, piece_ms: 20, heap_kb: 50 };

const sources = path.resolve('packages/tag/src');

/** The script of an entry's source text; with the names that were found for the served `build`, if one is given. */
async function build(entry, named) {
  const bundle = await rollup({
    input: 'entry',
    onwarn() {},
    plugins: [
      {
        name: 'entry',
        resolveId: (id, from) => (id === 'entry' ? id : from === 'entry' ? path.resolve(sources, id) : null),
        load: (id) => (id === 'entry' ? transpiled(entry) : null),
        transform: (code, id) => (id === 'entry' ? null : { code: transpiled(code), map: null }),
      },
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  return shrink(output[0].code, named);
}
const brotli = (text) => brotliCompressSync(text).length;

async function weigh() {
  const scripts = {};
  for (const name of ['core', 'complete']) {
    const entry = readFileSync(path.join(sources, `${name}.ts`), 'utf8');
    scripts[name] = await build(entry, name);
    const all = brotli(scripts[name]);
    // Names are tuned for the whole; without that, whole and parts compare.
    const untuned = brotli(await build(entry));
    console.log(
      `\n${name}: ${all} bytes brotli, ${gzipSync(scripts[name], { level: 9 }).length} gzip, ${scripts[name].length} plain; what leaving a feature out saves:`,
    );
    // What a feature has in two calls goes with both.
    const calls = [...entry.matchAll(/^ +((cart|\w+)\w*)\(see\);$/gm)];
    for (const feature of new Set(calls.map(([, , name]) => name))) {
      const without = calls.reduce(
        (text, [call, , name]) => (name === feature ? text.replace(call, '') : text),
        entry,
      );
      const bytes = untuned - brotli(await build(without));
      console.log(`  ${feature.padEnd(12)} ${String(bytes).padStart(4)}`);
    }
  }
  return scripts;
}

function pages(scripts, openpanel) {
  // Every shop has a script that touches an element and asks the navigator what browser it is. The first to do so makes Chromium build
  // their classes, 65 and 16 kB, which are no tag's.
  const shown = (head, touched = "document.querySelector('title'), navigator.userAgent") =>
    `<!doctype html><html><head><title>Shop</title><script>${touched}</script>${head}</head><body><h1>Green tea</h1><p>95,000 ₫</p><form action="/cart/add" method="post"><input name="id" value="1"><button>Add</button></form></body></html>`;
  return {
    '/empty': shown(''),
    '/untouched': shown('', "document.querySelector('title')"),
    '/complete-untouched': shown(
      '<script defer src="/complete.js" data-site="shop"></script>',
      "document.querySelector('title')",
    ),
    '/core': shown('<script defer src="/core.js" data-site="shop"></script>'),
    '/complete': shown('<script defer src="/complete.js" data-site="shop"></script>'),
    '/openpanel': shown(
      `<script>window.op = window.op || function () { (window.op.q = window.op.q || []).push([].slice.call(arguments)); }; window.op('init', { clientId: 'c', apiUrl: location.origin + '/op', trackScreenViews: true, trackOutgoingLinks: true, trackAttributes: true });</script><script defer src="/openpanel.js"></script>`,
    ),
    '/core.js': scripts.core,
    '/complete.js': scripts.complete,
    '/openpanel.js': openpanel,
  };
}

async function serve(answers) {
  const server = createServer((request, response) => {
    request.resume();
    const body = answers[request.url];
    if (request.method === 'GET' && body !== undefined)
      return response
        .writeHead(200, { 'content-type': request.url.endsWith('.js') ? 'text/javascript' : 'text/html' })
        .end(body);
    response
      .writeHead(200, { 'content-type': 'application/json', 'access-control-allow-origin': '*' })
      .end('{}');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A shop's own kind of name: how many domains the tag tries for its cookie depends on it.
  return { origin: `http://www.shop.example:${server.address().port}`, close: () => server.close() };
}

const PIECES = new Set([
  'EvaluateScript',
  'FunctionCall',
  'TimerFire',
  'FireIdleCallback',
  'EventDispatch',
  'RunMicrotasks',
  'v8.compile',
]);

/** The tasks of script in a trace, in milliseconds, and of these on the processor: each with all that runs within it, and when it began. */
function piecesOf(events) {
  const loaded = events.find(
    ({ name, args }) => name === 'MarkLoad' && args.data?.isOutermostMainFrame !== false,
  );
  const own = events.filter(({ name, dur, pid }) => dur && PIECES.has(name) && pid === loaded?.pid);
  const pieces = [];
  let end = 0;
  for (const { ts, dur, tdur = dur, name } of own.sort((a, b) => a.ts - b.ts)) {
    if (ts < end) continue;
    end = ts + dur;
    pieces.push({
      ms: dur / 1000,
      cpu_ms: tdur / 1000,
      idle: name === 'FireIdleCallback',
      at_load: ts <= loaded.ts,
    });
  }
  return pieces;
}

/**
 * One cold load: milliseconds of script up to and in the load event (also without those in which the machine did something else), in all,
 * in the longest piece, by the clock and on the processor; the heap in use after it.
 */
async function load(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await cdp.send('Tracing.start', {
    categories: 'devtools.timeline,v8,disabled-by-default-v8.compile',
    transferMode: 'ReportEvents',
  });
  const requests = [];
  page.on('request', (request) => requests.push(request.method()));
  await page.goto(url);
  await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  const ended = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await ended;
  const { metrics } = await cdp.send('Performance.getMetrics');
  const script_ms = metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const pieces = piecesOf(events);
  const sum = (some, key = 'ms') => some.reduce((total, piece) => total + piece[key], 0);
  await context.close();
  return {
    load_ms: sum(pieces.filter(({ at_load }) => at_load)),
    load_cpu_ms: sum(
      pieces.filter(({ at_load }) => at_load),
      'cpu_ms',
    ),
    busy_ms: sum(pieces.filter(({ idle }) => !idle)),
    script_ms,
    piece_ms: Math.max(0, ...pieces.map(({ ms }) => ms)),
    piece_cpu_ms: Math.max(0, ...pieces.map(({ cpu_ms }) => cpu_ms)),
    heap_kb: usedSize / 1024,
    requests: requests.length - 1,
  };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const scripts = await weigh();
const require = createRequire(import.meta.url);
const openpanel = readFileSync(
  path.join(path.dirname(require.resolve('@openpanel/web')), 'src/tracker.global.js'),
  'utf8',
);
const server = await serve(pages(scripts, openpanel));
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--no-first-run',
    '--host-resolver-rules=MAP *.example 127.0.0.1',
    // As over https, where the browser offers more, and its classes are larger.
    `--unsafely-treat-insecure-origin-as-secure=${server.origin}`,
  ],
});
const names = ['empty', 'core', 'complete', 'openpanel'];
const found = Object.fromEntries(names.map((name) => [name, []]));
// In turns, so that whatever else the machine does falls on all alike.
for (let n = -1; n < LOADS; n++)
  for (const name of names) {
    const one = await load(browser, `${server.origin}/${name}`);
    if (n >= 0) found[name].push(one);
  }
// The heap is the same from load to load but for where a process is used again: some are enough.
for (const name of ['untouched', 'complete-untouched']) {
  found[name] = [];
  for (let n = 0; n < 3; n++) found[name].push(await load(browser, `${server.origin}/${name}`));
}
await browser.close();
server.close();

const of = (name, key) => median(found[name].map((one) => one[key]));
const heapBeside = (name, page) => of(name, 'heap_kb') - of(page, 'heap_kb');
console.log(
  `\nmedian of ${LOADS} cold loads at ${THROTTLE}x CPU throttle, ms of script (up to and in the load event; of these on the processor; all but idle pieces; all); heap after garbage collection, above the empty page`,
);
console.log(
  'page         at load      CPU  not idle     all  longest piece      CPU  heap kB  requests besides the page',
);
for (const name of names)
  console.log(
    name.padEnd(12),
    of(name, 'load_ms').toFixed(1).padStart(7),
    of(name, 'load_cpu_ms').toFixed(1).padStart(8),
    of(name, 'busy_ms').toFixed(1).padStart(9),
    of(name, 'script_ms').toFixed(1).padStart(7),
    of(name, 'piece_ms').toFixed(1).padStart(14),
    of(name, 'piece_cpu_ms').toFixed(1).padStart(8),
    heapBeside(name, 'empty').toFixed(0).padStart(8),
    String(of(name, 'requests')).padStart(9),
  );

console.log(
  `complete beside a page that has never touched the navigator: ${heapBeside('complete-untouched', 'untouched').toFixed(0)} kB of heap`,
);

const held = {
  'core in bytes': brotli(scripts.core) <= BUDGET.core_bytes,
  'complete in bytes': brotli(scripts.complete) <= BUDGET.complete_bytes,
  'complete at load, beside OpenPanel': of('complete', 'load_ms') <= of('openpanel', 'load_ms'),
  'the same, on the processor': of('complete', 'load_cpu_ms') <= of('openpanel', 'load_cpu_ms'),
  'complete outside idle time, beside OpenPanel': of('complete', 'busy_ms') <= of('openpanel', 'busy_ms'),
  'complete in all, beside OpenPanel': of('complete', 'script_ms') <= of('openpanel', 'script_ms'),
  'longest piece': of('complete', 'piece_ms') <= BUDGET.piece_ms,
  heap: heapBeside('complete', 'empty') <= BUDGET.heap_kb,
};
console.log();
for (const [name, is] of Object.entries(held)) console.log(`${is ? 'held    ' : 'NOT HELD'} ${name}`);
process.exitCode = Object.values(held).every(Boolean) ? 0 : 1;
