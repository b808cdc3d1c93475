import { ProblemError } from '@throughline/contract';
import { readAsset, readPage } from '../dashboard-files.ts';
import type { Call } from '../route.ts';

/** The dashboard's page; the browser's own router reads the address. */
export async function page({ context, options }: Call): Promise<Response> {
  const html = await readPage(options.dashboard_dir);
  if (html === undefined)
    throw new ProblemError(503, {
      code: 'dashboard_missing',
      message: 'The dashboard is not built; run `npm run build` and start again.',
      at: '',
    });
  return context.html(html, 200, { 'cache-control': 'no-cache' });
}

/** A built file; its name holds a hash of its content, so it never changes. */
export async function asset({ context, options }: Call): Promise<Response> {
  const file = await readAsset(options.dashboard_dir, context.req.param('file') ?? '');
  if (file === undefined)
    throw new ProblemError(404, { code: 'not_found', message: 'There is no such file.', at: 'file' });
  const gzip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  return context.body(new Uint8Array(gzip ? file.gzipped : file.plain), 200, {
    'content-type': file.type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
}
