import { eventPages } from '../event-pages.ts';
import type { Call } from '../route.ts';
import { instant } from './ledger.ts';

/** Every stored event as one JSON object a line, oldest day first; `?from=&to=` are instants. */
export function exportEvents({ context, options, site }: Call): Response {
  const from = instant(context.req.query('from'), 'from');
  const to = instant(context.req.query('to'), 'to');
  const pages = eventPages(options.store, site.site, { from, to });
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    // A page is read when the one before it has been taken, so a slow reader fills no memory.
    async pull(controller) {
      const { value: page, done } = await pages.next();
      if (done) return controller.close();
      controller.enqueue(encoder.encode(page.map((row) => `${JSON.stringify(row)}\n`).join('')));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return context.body(stream, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
}
