import { ProblemError } from '@throughline/contract';
import { NOT_FOUND, problem } from '../problems.ts';
import type { Call } from '../route.ts';

/** The dashboard's page; the browser's own router reads the address. */
export function page({ context, options }: Call): Response {
  if (options.dashboard.page === undefined)
    throw new ProblemError(503, {
      code: 'dashboard_missing',
      message: 'The dashboard is not built; run `npm run build` and start again.',
      at: '',
    });
  return context.html(options.dashboard.page, 200, { 'cache-control': 'no-cache' });
}

/** Addresses that programs ask; a browser that opens one is told what a program would be. */
const FOR_PROGRAMS = /^\/(api|assets)(\/|$)/;

/** An address that there is not: who reads a page gets the dashboard's, which says so; a program gets JSON. */
export function lost({ context, options }: Call): Response {
  const reads = /\btext\/html\b/i.test(context.req.header('accept') ?? '');
  const { page } = options.dashboard;
  context.header('vary', 'accept');
  if (!reads || page === undefined || FOR_PROGRAMS.test(context.req.path))
    return problem(context, 404, NOT_FOUND);
  return context.html(page, 404, { 'cache-control': 'no-cache' });
}

/** A built file; its name holds a hash of its content, so it never changes. */
export function asset({ context, options }: Call): Response {
  const file = options.dashboard.assets.get(context.req.param('file') ?? '');
  if (file === undefined)
    throw new ProblemError(404, { code: 'not_found', message: 'There is no such file.', at: 'file' });
  const gzip = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  return context.body(gzip ? file.gzipped : file.plain, 200, {
    'content-type': file.type,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
  });
}
