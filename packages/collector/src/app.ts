import { Hono } from 'hono';
import type { Answering } from './answering.ts';
import type { HeldBytes } from './held-bytes.ts';
import { problem } from './routes/answer.ts';
import { HonoCall, responseOf } from './routes/hono-call.ts';
import type { Route } from './routes/route.ts';

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, content-encoding',
  'access-control-max-age': '86400',
};

/** The routes as a Hono app. */
export function createApp(routes: readonly Route[], answering: Answering, held: HeldBytes): Hono {
  const app = new Hono();
  for (const route of routes) {
    const { method, path } = route;
    app.on(method, path, async (context) => responseOf(await answering(route, new HonoCall(context, held))));
    if (path === '/e' || path.startsWith('/v1/'))
      app.options(path, () => new Response(null, { status: 204, headers: PREFLIGHT }));
  }
  app.notFound(() =>
    responseOf(problem(404, { code: 'not_found', message: 'There is no such address here.', at: '' })),
  );
  return app;
}
