import type { Intake } from './intake.ts';
import { faultOf, type Log } from './log.ts';
import { failed, problem } from './routes/answer.ts';
import type { Answer, Call } from './routes/call.ts';
import { Failure, overloaded, tooManyRefused } from './routes/failure.ts';
import type { Route } from './routes/route.ts';

/** What a route answers a call, its errors included. Never rejects. */
export type Answering = (route: Route, call: Call) => Promise<Answer>;

export interface AnsweringOptions {
  intake: Intake;
  log: Log;
  /** Told of each request that is refused as a whole, and asked before anything of a request is read. */
  refusedBy: { count(call: Call): void; wait_s(call: Call): number };
  /** Whether there is more to do than can be done; asked before anything of a request is read. */
  busy(): boolean;
  /** Told of every request that could not be taken now. */
  onUnavailable(): void;
}

/** Turns what routes throw into JSON errors, and counts what they refused. */
export function answeringOf(options: AnsweringOptions): Answering {
  const { intake, log, busy, refusedBy, onUnavailable } = options;
  return async (route, call) => {
    try {
      // Those who run it must see that it is busy, and not be turned away.
      if (route.access !== 'public' && route.access !== 'operator') {
        if (busy()) throw overloaded();
        const wait_s = refusedBy.wait_s(call);
        if (wait_s > 0) throw tooManyRefused(wait_s);
      }
      return await route.handle(call);
    } catch (error) {
      if (error instanceof Failure && error.refusal && error.refusal.events > 0) {
        intake.refuse(error.refusal.site, error.refusal);
        if (error.status !== 429) refusedBy.count(call);
      }
      const answer = failed(error);
      if (answer?.status === 503) onUnavailable();
      if (answer) return answer;
      log.error('A request failed.', { route: route.path, ...faultOf(error) });
      return problem(500, { code: 'internal', message: 'Something failed here; it was logged.', at: '' });
    } finally {
      call.end();
    }
  };
}
