import { Hono } from 'hono';
import type { Intake } from './intake.ts';
import { faultOf, type Log } from './log.ts';
import { failed, problem } from './routes/answer.ts';
import { Failure } from './routes/failure.ts';
import type { Route } from './routes/route.ts';

const PREFLIGHT = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'authorization, content-type, content-encoding',
  'access-control-max-age': '86400',
};

export interface AppOptions {
  routes: readonly Route[];
  intake: Intake;
  log: Log;
  /** Told of every request that could not be taken now. */
  onUnavailable(): void;
}

/** The routes as a Hono app with JSON errors. */
export function createApp({ routes, intake, log, onUnavailable }: AppOptions): Hono {
  const app = new Hono();
  for (const { method, path, handle } of routes) {
    app.on(method, path, handle);
    if (path === '/e' || path.startsWith('/v1/'))
      app.options(path, () => new Response(null, { status: 204, headers: PREFLIGHT }));
  }
  app.notFound(() => problem(404, { code: 'not_found', message: 'There is no such address here.', at: '' }));
  app.onError((error, context) => {
    if (error instanceof Failure && error.refusal && error.refusal.events > 0)
      intake.refuse(error.refusal.site, error.refusal.reason, error.refusal.events);
    const answer = failed(error);
    if (!answer) {
      log.error('A request failed.', { route: context.req.routePath, ...faultOf(error) });
      return problem(500, { code: 'internal', message: 'Something failed here; it was logged.', at: '' });
    }
    if (answer.status === 503) onUnavailable();
    return answer;
  });
  return app;
}
