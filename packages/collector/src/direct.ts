import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answering } from './answering.ts';
import type { HeldBytes } from './held-bytes.ts';
import { NodeCall, send } from './routes/node-call.ts';
import type { Route } from './routes/route.ts';

/** Answers a request of Node's server itself and tells whether it did; what it does not, the Hono app answers. */
export type Direct = (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;

/**
 * The posting routes in front of Hono: with a Request, its stream and a Response for each call, most of the time of
 * one event went there (`npm run bench -- intake`). The routes and what they answer are the same either way.
 */
export function directly(routes: readonly Route[], answering: Answering, held: HeldBytes): Direct {
  const posted = new Map(
    routes
      .filter(({ method, path }) => method === 'POST' && !path.includes(':'))
      .map((route) => [route.path, route]),
  );
  return (incoming, outgoing) => {
    if (incoming.method !== 'POST') return false;
    const address = incoming.url ?? '';
    const query = address.indexOf('?');
    const route = posted.get(query < 0 ? address : address.slice(0, query));
    if (!route) return false;
    answering(route, new NodeCall(incoming, held)).then(
      (answer) => send(incoming, outgoing, answer),
      // `answering` has an answer for every error of a route; what is left is a fault of this connection.
      (error: Error) => outgoing.destroy(error),
    );
    return true;
  };
}
